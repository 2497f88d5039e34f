package dev.titan.sandbox.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * An assembler for the few instructions of classic BPF that a filter of system calls needs. Jumps only lead forward, as
 * the kernel demands, and at most 255 instructions far.
 */
final class BpfProgram {

    /** Linux: BPF_MAXINSNS. */
    private static final int INSTRUCTIONS_MAX = 4096;

    private static final int INSTRUCTION_BYTES = 8;
    private static final int JUMP_MAX = 255;

    private static final int LOAD_WORD = 0x20;
    private static final int AND = 0x54;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER = 0x25;
    private static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
    private static final int RETURN = 0x06;

    /** linux/seccomp.h. */
    static final int KILL_PROCESS = 0x80000000;

    static final int ALLOW = 0x7fff0000;
    private static final int ERRNO = 0x00050000;

    /**
     * One instruction, as in linux/filter.h.
     *
     * @param code what it does
     * @param jumpTrue how many instructions to pass over when the comparison holds
     * @param jumpFalse how many when it does not
     * @param operand its constant
     */
    record Instruction(int code, int jumpTrue, int jumpFalse, int operand) {}

    /** A place ahead that jumps lead to. */
    static final class Label {

        private final List<Integer> jumps = new ArrayList<>();
    }

    private final List<Instruction> instructions = new ArrayList<>();

    static int errno(int number) {
        return ERRNO | number;
    }

    /** Loads the word at an offset of struct seccomp_data. */
    void load(int offset) {
        add(new Instruction(LOAD_WORD, 0, 0, offset));
    }

    void and(int mask) {
        add(new Instruction(AND, 0, 0, mask));
    }

    void answer(int verdict) {
        add(new Instruction(RETURN, 0, 0, verdict));
    }

    /** Jumps unless the loaded word equals the operand. */
    void unlessEqual(int operand, Label target) {
        jump(new Instruction(JUMP_IF_EQUAL, 0, JUMP_MAX, operand), target);
    }

    /** Jumps unless the loaded word, unsigned, is at least the operand. */
    void unlessAtLeast(int operand, Label target) {
        jump(new Instruction(JUMP_IF_GREATER_OR_EQUAL, 0, JUMP_MAX, operand), target);
    }

    /** Jumps unless the loaded word, unsigned, is above the operand. */
    void unlessAbove(int operand, Label target) {
        jump(new Instruction(JUMP_IF_GREATER, 0, JUMP_MAX, operand), target);
    }

    /** Jumps when the loaded word, unsigned, is above the operand. */
    void ifAbove(int operand, Label target) {
        jump(new Instruction(JUMP_IF_GREATER, JUMP_MAX, 0, operand), target);
    }

    /** Makes the next instruction the target of the jumps to a label. */
    void place(Label label) {
        for (int jump : label.jumps) {
            int distance = instructions.size() - jump - 1;
            if (distance >= JUMP_MAX) {
                throw new IllegalStateException("a jump over %d instructions".formatted(distance));
            }
            Instruction draft = instructions.get(jump);
            instructions.set(
                    jump,
                    new Instruction(
                            draft.code(),
                            draft.jumpTrue() == JUMP_MAX ? distance : draft.jumpTrue(),
                            draft.jumpFalse() == JUMP_MAX ? distance : draft.jumpFalse(),
                            draft.operand()));
        }
    }

    List<Instruction> instructions() {
        return List.copyOf(instructions);
    }

    /** Returns the program as the kernel takes it: an array of struct sock_filter. */
    byte[] bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(instructions.size() * INSTRUCTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction instruction : instructions) {
            bytes.putShort((short) instruction.code());
            bytes.put((byte) instruction.jumpTrue());
            bytes.put((byte) instruction.jumpFalse());
            bytes.putInt(instruction.operand());
        }
        return bytes.array();
    }

    private void jump(Instruction instruction, Label target) {
        target.jumps.add(instructions.size());
        add(instruction);
    }

    private void add(Instruction instruction) {
        if (instructions.size() == INSTRUCTIONS_MAX) {
            throw new IllegalStateException("a filter has at most %d instructions".formatted(INSTRUCTIONS_MAX));
        }
        instructions.add(instruction);
    }
}
