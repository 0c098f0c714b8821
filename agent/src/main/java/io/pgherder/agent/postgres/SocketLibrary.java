package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.FreeSpace;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.newsclub.net.unix.AFUNIXSocketFactory;

/**
 * The native library by which servers are asked over their local sockets. junixsocket unpacks it when it is first used; and what cannot be
 * loaded then, never can be in the same process.
 */
public final class SocketLibrary {
    private static final Logger LOG = Logger.getLogger(SocketLibrary.class.getName());

    /** Several times what it takes. */
    private static final long BYTES = 1 << 20;

    private SocketLibrary() {}

    /**
     * Loads it. To be called once, when the agent starts.
     *
     * @param directory where it is unpacked: hosts mount /tmp without the right to execute
     * @throws io.pgherder.agent.problem.OperationFailed if it cannot be loaded, as from a full file system
     */
    public static void loadFrom(Path directory) {
        long free = FreeSpace.bytesAt(directory);
        if (free < BYTES) {
            throw cannotLoad(directory)
                    .detail(free / 1024 + " kB are free there")
                    .hint("make room for 1 MB at least, then start the agent again")
                    .failure();
        }
        System.setProperty("org.newsclub.net.unix.library.tmpdir", directory.toString());
        Path nobody = directory.resolve("nobody-listens");
        try (Socket socket = new AFUNIXSocketFactory.FactoryArg(nobody.toString()).createSocket("localhost", 1)) {
            LOG.warning(() -> "somebody listens on " + socket.getRemoteSocketAddress());
        } catch (IOException asExpected) {
            LOG.log(Level.FINE, "the library for local sockets works", asExpected);
        } catch (LinkageError | UnsupportedOperationException e) {
            throw cannotLoad(directory)
                    .hint("may programs be run from its file system? With the mount option noexec they may not")
                    .failure(e);
        }
    }

    private static AgentProblem cannotLoad(Path directory) {
        return PostgresProblem.NO_LOCAL_SOCKETS
                .summary("cannot load the library for local sockets, by which servers are asked")
                .detail("it is unpacked in state_dir, " + directory);
    }
}
