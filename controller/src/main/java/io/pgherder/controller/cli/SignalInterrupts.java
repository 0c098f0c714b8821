package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;

/**
 * Ctrl-C as the JVM delivers it, and SIGTERM, by which other programs ask for the same. A shutdown hook would hear only the first one, and
 * the second one matters; {@code sun.misc.Signal} hears all. Once everything is wished that can be, it is given back: the next one ends the
 * process. Every JDK has it, but no compiler likes to see it: hence the detour.
 */
public final class SignalInterrupts implements Interrupts {
    /** What is heard, and what the process ends with then: as a shell says of a program that the signal ended. */
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

    private final Map<String, Object> original = new ConcurrentHashMap<>();

    @Override
    public void sayAtTheEnd(Runnable lastWords) {
        listen((signal, handler, name) -> {
            lastWords.run();
            // Not exit: it would wait for the agents that are being asked.
            Runtime.getRuntime().halt(requireNonNull(EXIT_CODES.get(name)));
        });
    }

    @Override
    public void redirectTo(Stop stop) {
        listen((signal, handler, name) -> {
            stop.ask();
            if (stop.wish() == Stop.Wish.LEAVE) {
                for (Map.Entry<String, Object> before : original.entrySet()) {
                    listen(signal, handler, before.getKey(), before.getValue());
                }
            }
        });
    }

    private interface Heard {
        void on(Class<?> signal, Class<?> handler, String name) throws ReflectiveOperationException;
    }

    private void listen(Heard heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (String name : EXIT_CODES.keySet()) {
                Object listener = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                heard.on(signal, handler, name);
                            }
                            return null;
                        });
                original.putIfAbsent(name, listen(signal, handler, name, listener));
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no sun.misc.Signal", e);
        }
    }

    /** @return who listened before */
    private static Object listen(Class<?> signal, Class<?> handler, String name, Object listener)
            throws ReflectiveOperationException {
        Object heard = signal.getConstructor(String.class).newInstance(name);
        return signal.getMethod("handle", signal, handler).invoke(null, heard, listener);
    }
}
