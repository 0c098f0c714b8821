package io.pgherder.controller.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** Serves one text at {@code /metrics}, over plain HTTP, to whoever asks. */
final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final int ASKED_AT_A_TIME = 4;

    /** Who does not get to the end of a question, or of an answer, within these must not keep others from it. */
    private static final String LONGEST_SECONDS = "10";

    private final HttpServer server;
    private final ExecutorService threads;
    private final String contentType;
    private volatile String text;

    private MetricsServer(HttpServer server, String contentType, String text) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(ASKED_AT_A_TIME, daemons());
        this.contentType = contentType;
        this.text = text;
    }

    /**
     * Listens from now on.
     *
     * @param text what is served until it is {@link #show told otherwise}
     * @throws ProblemsException if nobody can listen there
     */
    static MetricsServer open(ListenAddress address, String contentType, String text) {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(text, "text is null");
        // The JDK's server reads these once, from nowhere else.
        for (String limit : new String[] {"maxReqTime", "maxRspTime"}) {
            String property = "sun.net.httpserver." + limit;
            System.setProperty(property, System.getProperty(property, LONGEST_SECONDS));
        }
        try {
            MetricsServer metrics = new MetricsServer(HttpServer.create(socket(address), 0), contentType, text);
            metrics.start();
            return metrics;
        } catch (IOException e) {
            throw cannotListen(address, String.valueOf(e.getMessage()));
        }
    }

    private static InetSocketAddress socket(ListenAddress address) {
        InetSocketAddress socket = address.host()
                .map(host -> new InetSocketAddress(host, address.port()))
                .orElseGet(() -> new InetSocketAddress(address.port()));
        if (socket.isUnresolved()) {
            throw cannotListen(
                    address, "nobody knows the name " + address.host().orElse(""));
        }
        return socket;
    }

    private static ProblemsException cannotListen(ListenAddress address, String why) {
        return new ProblemsException(Problem.of(CliProblem.NO_METRICS, "cannot serve metrics at " + address)
                .detail(why)
                .hint("is it an address of this host, and a port that nobody else listens at? See: ss -ltn"));
    }

    void show(String now) {
        text = requireNonNull(now, "now is null");
    }

    private void start() {
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        // The server's own thread is a daemon if the one that starts it is.
        Thread starter = daemons().newThread(server::start);
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons() {
        return work -> {
            Thread thread = new Thread(work, "metrics");
            thread.setDaemon(true);
            return thread;
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, 404, "text/plain; charset=utf-8", "Only " + PATH + " is here.\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                answer(exchange, 405, "text/plain; charset=utf-8", "Only GET is understood.\n");
            } else {
                answer(exchange, 200, contentType, text);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
