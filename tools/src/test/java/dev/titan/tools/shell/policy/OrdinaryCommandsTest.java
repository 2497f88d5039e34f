package dev.titan.tools.shell.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.corpus.Corpora;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OrdinaryCommandsTest {

    private static final CommandPolicy POLICY = TestPolicy.create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm init -y && npm install express && npm test",
                "node server.js & SERVER=$!; sleep 1; curl -s localhost:3000; kill $SERVER",
                "for i in 1 2 3; do curl -sf http://localhost:3000/health && break; sleep 1; done",
                "while ! curl -s localhost:3000; do sleep 0.2; done",
                "while true; do date; sleep 1; done & sleep 3; kill %1",
                "cat > app.js <<'EOF'\nconst { exec } = require('child_process');\nexec('ls -la', (e, out) => console.log(out));\nEOF\nnode app.js",
                "cat > Makefile <<EOF\nclean:\n\trm -rf build\nEOF\nmake clean",
                "cat > run.sh <<'EOF'\n#!/bin/bash\nset -euo pipefail\nrm -rf ./out && mkdir out\nEOF\nchmod +x run.sh && ./run.sh",
                "python3 - <<'EOF'\nimport subprocess, shutil\nsubprocess.run(['ls', '-l'], check=True)\nshutil.rmtree('build', ignore_errors=True)\nEOF",
                "python3 -c \"import requests; print(requests.get('http://localhost:8000').text)\"",
                "python3 -m venv .venv && . .venv/bin/activate && pip install pytest && pytest -q",
                "git init && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm 'first'",
                "git log --oneline | head -5; git diff HEAD~1 -- src",
                "tar czf backup.tar.gz --exclude=node_modules . && tar tzf backup.tar.gz | wc -l",
                "find . -type f -name '*.log' -mtime +7 -print0 | xargs -0 -r rm -f",
                "find /usr/lib -name 'libssl*' 2>/dev/null | head",
                "ls -la ~ /etc /usr/local/bin; cat /etc/passwd | wc -l; cat /proc/self/status",
                "awk -F, '{ total[$1] += $2 } END { for (k in total) print k, total[k] | \"sort\" }' data.csv",
                "sed -n '1,20p' file.txt; sed -e 's/e echo/x/' -i file.txt",
                "export PATH=$PWD/node_modules/.bin:$PATH NODE_ENV=test; jest",
                "PYTHONPATH=src LD_LIBRARY_PATH=./lib timeout 10 python3 main.py < input.txt > output.txt 2>&1",
                "rm -rf /tmp/build-$$ && mkdir -p /tmp/build && cp -r src /tmp/build/ && mv /tmp/build/src ./out",
                "rm -rf \"$BUILD_DIR\" ~/.cache/pip ~/.npm/_cacache",
                "yes | head -n 100 > answers.txt; seq 1 10 | xargs -I{} touch file{}.txt",
                "head -c 1M /dev/urandom | base64 > random.txt; dd if=/dev/zero of=disk.img bs=1M count=10",
                "echo 'export FOO=1' >> ~/.bashrc; chmod 755 script.sh; chmod 0644 *.txt; chown -R $(id -u) .",
                "docker build -t app . && docker run --rm -p 3000:3000 -v $PWD:/app app npm test",
                "psql \"$DATABASE_URL\" -c 'select count(*) from users'; sqlite3 app.db .schema",
                "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=localhost",
                "echo \"$(date): done\" | tee -a build.log; printf '%s\\n' \"${names[@]}\"",
                "kill -9 $(lsof -t -i:3000) 2>/dev/null || true; pkill -f server.js; trap 'kill $PID' EXIT",
                "case \"$1\" in start) ./run.sh ;; *) echo usage ;; esac",
                "if [[ -f package.json ]]; then npm ci; else echo none; fi; test -d src || mkdir src",
                "curl -sS -X POST -H 'Content-Type: application/json' -d @body.json http://localhost:3000/tasks",
                "wget -q https://example.com/data.zip -O data.zip && unzip -o data.zip && ls",
                "cat package.json | jq -r .version; node -p 'process.version'; perl -ne 'print if /x/' f",
                "gcc -O2 -Wall -o prog main.c && ./prog; g++ x.cpp; cargo test; go build ./...",
                "exec 3>log.txt; echo hi >&3; exec 3>&-; (cd sub && make); { echo a; echo b; } > both.txt",
                "arr=(a b c); for x in \"${arr[@]}\"; do echo ${x^^} ${#x}; done; echo $((1 + 2))",
                "read -r line < file; while IFS=, read -r a b; do echo \"$a-$b\"; done < data.csv",
                "diff <(sort a.txt) <(sort b.txt); comm -12 <(cut -d, -f1 a) <(cut -d, -f1 b)",
                "echo 'rm -rf /' > notes.md && grep -c 'rm -rf' notes.md",
                "crontab -l 2>/dev/null; uptime; free -m; df -h; ps aux --sort=-%mem | head -5",
                "echo naïve 😀 > 'größe.txt' && cat 'größe.txt'",
                "walk() { for f in \"$1\"/*; do [ -d \"$f\" ] && walk \"$f\" || echo \"$f\"; done; }; walk ."
            })
    void areAllowed(String command) {
        assertThat(POLICY.judge(command)).isEqualTo(new CommandVerdict.Allowed());
    }

    /** What ideal models ran in some fifty small jobs, and the checks of those jobs. */
    @Test
    void ofWholeTasksAreAllowed() {
        List<String> denied = new ArrayList<>();
        for (String line : Corpora.lines("tasks/tasks.jsonl")) {
            JsonNode task = TitanJson.mapper().readTree(line);
            List<JsonNode> commands = new ArrayList<>(task.findValues("command"));
            commands.add(task.path("context").path("setup"));
            for (JsonNode command : commands) {
                if (POLICY.judge(command.asString("")) instanceof CommandVerdict.Denied reason) {
                    denied.add(command + "\n  -> " + reason);
                }
            }
        }

        assertThat(denied).isEmpty();
    }
}
