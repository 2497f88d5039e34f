# Counts the tests that ran, from the XML reports of Surefire and Failsafe, and the real parts they ran against, from the
# JUnit tags of their classes: @Tag("docker"), "bubblewrap", "temporal", "postgres", "model".
# shellcheck shell=bash

delete_reports() {
  find "$TITAN_ROOT" -path '*/target/*-reports/TEST-*.xml' -delete
}

# Prints for each report: class, tests, failures with errors, skipped.
reports() {
  # The dollars are awk's, here and below.
  # shellcheck disable=SC2016
  find "$TITAN_ROOT" -path '*/target/*-reports/TEST-*.xml' -print0 | LC_ALL=C sort -z | xargs -0 -r awk '
    function value(name) {
      return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    /<testsuite / { print value("name"), value("tests"), value("failures") + value("errors"), value("skipped"); nextfile }
  '
}

# Prints for each test class of the sources: class, its tags joined by commas (or -). Abstract classes and interfaces run
# only as others.
test_classes() {
  # shellcheck disable=SC2016
  find "$TITAN_ROOT" -path '*/src/test/java/*' \( -name '*Test.java' -o -name '*IT.java' \) -not -path '*/target/*' -print0 |
    LC_ALL=C sort -z | xargs -0 -r awk '
    function done() {
      if (class != "" && !abstract) print class, (tags == "" ? "-" : tags)
    }
    FNR == 1 {
      done()
      class = FILENAME; sub(".*/src/test/java/", "", class); sub("\\.java$", "", class); gsub("/", ".", class)
      tags = ""; abstract = 0; simple = class; sub(".*\\.", "", simple)
    }
    $0 ~ "(abstract class|interface) " simple "[^A-Za-z0-9]" { abstract = 1 }
    match($0, "@Tag\\(\"[a-z]+\"\\)") { tags = tags (tags == "" ? "" : ",") substr($0, RSTART + 6, RLENGTH - 8) }
    END { done() }
  '
}

# Prints the table and returns 1 when something failed, was skipped, or did not run at all.
report_suite() {
  awk '
    FNR == NR { tags[$1] = $2; next }
    {
      class = $1; sub("[$].*", "", class)
      if (!(class in ran)) total++
      ran[class] += $2 - $4; failed += $3; skipped[class] += $4; tests += $2 - $4
    }
    END {
      for (class in tags) {
        n = split(tags[class], parts, ",")
        for (i = 1; i <= n; i++) { count[parts[i]] += ran[class]; classes[parts[i]]++ }
        if (ran[class] == 0) missing = missing "\n  ran no test: " class
        if (class ~ /IT$/ && tags[class] == "-") missing = missing "\n  names no real part by a @Tag: " class
      }
      for (class in skipped) if (skipped[class] > 0) missing = missing "\n  skipped " skipped[class] " in " class
      printf "\n%d tests ran, %d failed, in %d classes\n", tests, failed, total
      for (part in count) if (part != "-") printf "  %5d against %-12s (%d classes)\n", count[part], part, classes[part] | "sort -k3"
      close("sort -k3")
      printf "  %5d without any engine or server (%d classes)\n", count["-"], classes["-"]
      if (missing != "") printf "NOT ACCEPTABLE:%s\n", missing
      exit tests == 0 || failed > 0 || missing != ""
    }
  ' <(test_classes) <(reports)
}
