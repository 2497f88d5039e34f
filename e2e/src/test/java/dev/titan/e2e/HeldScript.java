package dev.titan.e2e;

import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model that does not answer one request of its executor until the process that asked is dead. */
final class HeldScript implements ModelScript {

    private final ModelScript script;
    private final int request;
    private final Kills kills;
    private final AtomicBoolean held = new AtomicBoolean();

    /** @param request which is held, counted from 0 */
    HeldScript(ModelScript script, int request, Kills kills) {
        this.script = script;
        this.request = request;
        this.kills = kills;
    }

    /** Returns whether it was held so far. */
    boolean held() {
        return held.get();
    }

    @Override
    public String name() {
        return script.name();
    }

    @Override
    public boolean plays(String goal) {
        return script.plays(goal);
    }

    @Override
    public ScriptedReply turn(ModelRequest asked) {
        return script.turn(asked);
    }

    @Override
    public ScriptedReply reply(ModelRequest asked) {
        if (asked.role() == AskedRole.EXECUTOR && asked.replies() == request && held.compareAndSet(false, true)) {
            kills.awaitNext();
        }
        return script.reply(asked);
    }
}
