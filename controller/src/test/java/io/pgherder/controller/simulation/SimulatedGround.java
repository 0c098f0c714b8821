package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.DirectoryFacts.Content;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.observation.Ground.Reachability.Result;
import java.util.Optional;
import java.util.Set;

/** What a node stands on, beside its own data; the defaults stand in nobody's way. */
public final class SimulatedGround {
    public Content dataDirWithoutInstance = Content.ABSENT;
    public String obstacle = "";
    public String obstacleHint = "";
    public long freeBytes = 100L << 30;
    public long device = 1;
    public Optional<Long> databaseBytes = Optional.of(32L << 20);
    public int majorVersion = 15;
    public boolean portTaken;

    /** Permissions of its data directory. */
    public int mode = 0700;

    /** Those of its WAL directory, where that is apart. */
    public int walMode = 0700;

    /** The account that its directories belong to. */
    public String owner = "postgres";

    public Optional<Listener> listener = Optional.empty();

    /** The agent's record of an instance that is gone. */
    public Optional<String> vanishedRecord = Optional.empty();

    /** Where the declared data directory really is, if a link leads elsewhere. */
    public Optional<String> realDataDir = Optional.empty();
    /** Where its WAL is, if not in its declared directory. */
    public Optional<String> walTarget = Optional.empty();

    /** Whether its postgresql.conf is where it is declared while it has no data. */
    public boolean hasPostgresConf;

    public boolean lostPostgresConf;
    /** The configuration files in whose place a symbolic link stands. */
    public Set<String> links = Set.of();
    /** Where the server has its configuration, as far as that was seen. */
    public Optional<String> configInUse = Optional.empty();

    public Optional<Result> upstreamReached = Optional.empty();
    /** Where a new copy would come from. */
    public Optional<Result> sourceReached = Optional.empty();
}
