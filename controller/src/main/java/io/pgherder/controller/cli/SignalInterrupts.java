package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C as the JVM delivers it. A shutdown hook would hear only the first one, and the second one matters; {@code sun.misc.Signal} hears
 * all. Every JDK has it, but no compiler likes to see it: hence the detour.
 */
public final class SignalInterrupts implements Interrupts {
    @Override
    public void redirectTo(Stop stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            stop.ask();
                        }
                        return null;
                    });
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, listener);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no sun.misc.Signal", e);
        }
    }
}
