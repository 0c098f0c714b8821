package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.IdentifySystem;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.system.Cancellation;
import java.time.Duration;

/** What the operations ask of a running server, and tell it, in one session. */
final class ServerSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InstancePlace place;
    private final LocalSql sql;
    private final FilesOnDisk files;
    private final ConnectedStandbys standbys;
    private final WalReceiving receiving;

    private ServerSession(InstancePlace place, LocalSql sql) {
        this.place = place;
        this.sql = sql;
        this.files = new FilesOnDisk(place, sql);
        this.standbys = new ConnectedStandbys(sql);
        this.receiving = new WalReceiving(sql);
    }

    static ServerSession open(InstancePlace place) {
        return new ServerSession(place, LocalSql.openToChange(place, PATIENCE));
    }

    LocalSql sql() {
        return sql;
    }

    boolean isInRecovery() {
        return sql.query("SELECT pg_is_in_recovery() AS in_recovery").get(0).flag("in_recovery");
    }

    /** As a standby's followers would be answered. */
    IdentifySystem.Answer identity() {
        Row row = sql.query("SELECT (SELECT system_identifier FROM pg_control_system())::text AS system,"
                        + " greatest((SELECT timeline_id FROM pg_control_checkpoint()),"
                        + " (SELECT received_tli FROM pg_stat_wal_receiver)) AS timeline")
                .get(0);
        return new IdentifySystem.Answer(row.text("system"), (int) row.number("timeline"));
    }

    /** Its configuration files. */
    FilesOnDisk files() {
        return files;
    }

    /** Who gets WAL from it. */
    ConnectedStandbys standbys() {
        return standbys;
    }

    /** How it gets its WAL, if it is a standby. */
    WalReceiving receiving() {
        return receiving;
    }

    /** By which a standby connects when it does so the next time. */
    PrimaryConninfo conninfoInForce() {
        return PrimaryConninfo.parse(sql.query("SELECT current_setting('primary_conninfo') AS conninfo")
                .get(0)
                .text("conninfo"));
    }

    String slotInForce() {
        return sql.query("SELECT current_setting('primary_slot_name') AS slot")
                .get(0)
                .text("slot");
    }

    /** See {@link Reload#run}. */
    void reload(Cancellation cancellation) {
        new Reload(this, place.node(), cancellation).run();
    }

    /** See {@link Reload#andStream}. */
    String reloadAndStream(Cancellation cancellation) {
        return new Reload(this, place.node(), cancellation).andStream();
    }

    @Override
    public void close() {
        sql.close();
    }
}
