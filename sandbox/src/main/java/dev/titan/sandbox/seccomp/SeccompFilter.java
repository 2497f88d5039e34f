package dev.titan.sandbox.seccomp;

import dev.titan.sandbox.seccomp.BpfProgram.Label;
import dev.titan.sandbox.seccomp.SeccompProfile.Action;
import dev.titan.sandbox.seccomp.SeccompProfile.Condition;
import dev.titan.sandbox.seccomp.SeccompProfile.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compiles a policy to a filter program, with the meaning that Docker's runtime gives it: a call for another processor
 * ends the process, a call that is newer than every call the policy names fails like on a kernel without it, any other
 * call without a rule fails with the policy's usual error.
 */
public final class SeccompFilter {

    /** Offsets in struct seccomp_data of linux/seccomp.h. */
    private static final int NUMBER = 0;

    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENTS = 16;
    private static final int ARGUMENT_BYTES = 8;
    private static final int UPPER_HALF = 4;

    /** On x86-64 numbers from here on are calls of x32, which share its number of the architecture. */
    private static final int X32_FIRST = 0x40000000;

    private static final int ENOSYS = 38;

    private final BpfProgram program = new BpfProgram();
    private final SeccompProfile profile;
    private final Processor processor;

    private SeccompFilter(SeccompProfile profile, Processor processor) {
        this.profile = profile;
        this.processor = processor;
    }

    /** Returns the program of the policy for a processor as the kernel and {@code bwrap --seccomp} take it. */
    public static byte[] compile(SeccompProfile profile, Processor processor) {
        return program(profile, processor).bytes();
    }

    static BpfProgram program(SeccompProfile profile, Processor processor) {
        SeccompFilter filter = new SeccompFilter(profile, processor);
        filter.emit();
        return filter.program;
    }

    private void emit() {
        SortedMap<Integer, List<Rule>> rules = rulesByNumber();
        onlyThisProcessor(rules.lastKey());
        rules.forEach((number, ofNumber) -> {
            if (isConditional(ofNumber)) {
                conditional(number, ofNumber);
            }
        });
        for (Range range : ranges(rules)) {
            unconditional(range);
        }
        program.answer(BpfProgram.errno(profile.defaultErrnoRet()));
    }

    private SortedMap<Integer, List<Rule>> rulesByNumber() {
        Map<String, Integer> numbers = processor.numbers();
        SortedMap<Integer, List<Rule>> rules = new TreeMap<>();
        for (Rule rule : profile.rules()) {
            for (String name : rule.names()) {
                Integer number = numbers.get(name);
                if (number != null) {
                    rules.computeIfAbsent(number, none -> new ArrayList<>()).add(rule);
                }
            }
        }
        return rules;
    }

    private void onlyThisProcessor(int newest) {
        Label another = new Label();
        Label known = new Label();
        Label checked = new Label();
        program.load(ARCHITECTURE);
        program.unlessEqual(processor.auditNumber(), another);
        program.load(NUMBER);
        program.unlessAbove(newest, known);
        program.unlessAtLeast(X32_FIRST, checked);
        program.place(another);
        program.answer(BpfProgram.KILL_PROCESS);
        program.place(checked);
        program.answer(BpfProgram.errno(ENOSYS));
        program.place(known);
    }

    private void conditional(int number, List<Rule> rules) {
        Label other = new Label();
        program.unlessEqual(number, other);
        for (Rule rule : rules) {
            Label next = new Label();
            rule.args().forEach(condition -> require(condition, next));
            program.answer(verdict(rule));
            program.place(next);
        }
        program.answer(BpfProgram.errno(profile.defaultErrnoRet()));
        program.place(other);
    }

    /** An argument has 64 bits and a comparison 32: both halves are looked at. */
    private void require(Condition condition, Label otherwise) {
        int offset = ARGUMENTS + ARGUMENT_BYTES * condition.index();
        long mask = switch (condition.op()) {
            case EQUAL -> -1L;
            case MASKED_EQUAL -> condition.value();
        };
        long expected = switch (condition.op()) {
            case EQUAL -> condition.value();
            case MASKED_EQUAL -> condition.valueTwo();
        };
        requireHalf(offset + UPPER_HALF, (int) (mask >>> Integer.SIZE), (int) (expected >>> Integer.SIZE), otherwise);
        requireHalf(offset, (int) mask, (int) expected, otherwise);
    }

    private void requireHalf(int offset, int mask, int expected, Label otherwise) {
        program.load(offset);
        program.and(mask);
        program.unlessEqual(expected, otherwise);
    }

    /** The number is still loaded, for the conditional calls that are not meant have left it alone. */
    private void unconditional(Range range) {
        Label outside = new Label();
        program.unlessAtLeast(range.first(), outside);
        program.ifAbove(range.last(), outside);
        program.answer(range.verdict());
        program.place(outside);
    }

    /** Numbers in a row with one verdict. */
    private record Range(int first, int last, int verdict) {}

    private static List<Range> ranges(SortedMap<Integer, List<Rule>> rules) {
        List<Range> ranges = new ArrayList<>();
        rules.forEach((number, ofNumber) -> {
            if (!isConditional(ofNumber)) {
                int verdict = verdict(ofNumber.getFirst());
                Range last = ranges.isEmpty() ? new Range(number, number, verdict) : ranges.getLast();
                if (!ranges.isEmpty() && last.last() == number - 1 && last.verdict() == verdict) {
                    ranges.removeLast();
                    ranges.add(new Range(last.first(), number, verdict));
                } else {
                    ranges.add(new Range(number, number, verdict));
                }
            }
        });
        return ranges;
    }

    private static boolean isConditional(List<Rule> rules) {
        return rules.stream().noneMatch(rule -> rule.args().isEmpty());
    }

    private static int verdict(Rule rule) {
        return rule.action() == Action.ALLOW ? BpfProgram.ALLOW : BpfProgram.errno(rule.errnoRet());
    }
}
