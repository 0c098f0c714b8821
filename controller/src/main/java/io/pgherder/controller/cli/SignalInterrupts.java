package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Ctrl-C as the JVM delivers it. A shutdown hook would hear only the first one, and the second one matters; {@code sun.misc.Signal} hears
 * all. Once everything is wished that can be, it is given back: the next Ctrl-C ends the process. Every JDK has it, but no compiler likes to
 * see it: hence the detour.
 */
public final class SignalInterrupts implements Interrupts {
    /** As a shell says of a program that SIGINT ended. */
    static final int INTERRUPTED = 130;

    private final AtomicReference<@Nullable Object> original = new AtomicReference<>();

    @Override
    public void sayAtTheEnd(Runnable lastWords) {
        listen((signal, handler) -> {
            lastWords.run();
            // Not exit: it would wait for the agents that are being asked.
            Runtime.getRuntime().halt(INTERRUPTED);
        });
    }

    @Override
    public void redirectTo(Stop stop) {
        listen((signal, handler) -> {
            stop.ask();
            if (stop.wish() == Stop.Wish.LEAVE) {
                listen(signal, handler, requireNonNull(original.get()));
            }
        });
    }

    private interface Heard {
        void on(Class<?> signal, Class<?> handler) throws ReflectiveOperationException;
    }

    private void listen(Heard heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            heard.on(signal, handler);
                        }
                        return null;
                    });
            original.compareAndSet(null, listen(signal, handler, listener));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no sun.misc.Signal", e);
        }
    }

    /** @return who listened before */
    private static Object listen(Class<?> signal, Class<?> handler, Object listener)
            throws ReflectiveOperationException {
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        return signal.getMethod("handle", signal, handler).invoke(null, interrupt, listener);
    }
}
