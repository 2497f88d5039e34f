package dev.titan.e2e;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Begins with the classes that take longest, so that none of them is left alone at the end. Of JUnit's two threads one takes
 * classes from the front of the list, the other from the back; so both ends are long, and what is short is in the middle.
 */
final class LongClassesFirst implements ClassOrderer {

    /** Those that take more than a minute, the longest first. */
    private static final List<Class<?>> LONG = List.of(
            SandboxRoleKillIT.class,
            SteeringTableIT.class,
            HandOversIT.class,
            AirlineIT.class,
            WorkerKillIT.class,
            CorpusTasksIT.class,
            QuickStartIT.class,
            ForkIT.class,
            CancelIT.class,
            RolesIT.class,
            LongTaskIT.class,
            SandboxLossIT.class);

    @Override
    public void orderClasses(ClassOrdererContext context) {
        List<? extends ClassDescriptor> all = context.getClassDescriptors();
        List<ClassDescriptor> order = new ArrayList<>();
        List<? extends ClassDescriptor> shortFirst = all.stream()
                .sorted(Comparator.comparingInt(LongClassesFirst::place).reversed())
                .toList();
        for (ClassDescriptor next : shortFirst) {
            boolean front = order.size() % 2 == 0;
            order.add(front ? 0 : order.size(), next);
        }
        all.sort(Comparator.comparingInt(order::indexOf));
    }

    private static int place(ClassDescriptor described) {
        int place = LONG.indexOf(described.getTestClass());
        return place < 0 ? LONG.size() : place;
    }
}
