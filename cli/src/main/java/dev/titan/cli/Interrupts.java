package dev.titan.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What Ctrl-C does, instead of ending the process at once. The JDK has signals only in {@code sun.misc.Signal}, which
 * javac refuses to see without a warning and every JDK has (module {@code jdk.unsupported}, JEP 260); so it is called by
 * reflection, and a JVM without it keeps the usual Ctrl-C.
 */
final class Interrupts {

    private Interrupts() {}

    /** Runs this on every signal of that name, such as {@code INT}; returns whether the JVM lets us. */
    static boolean on(String signal, Runnable action) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            MethodHandle run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object handler =
                    MethodHandleProxies.asInterfaceInstance(handlers, MethodHandles.dropArguments(run, 0, signals));
            signals.getMethod("handle", signals, handlers)
                    .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
