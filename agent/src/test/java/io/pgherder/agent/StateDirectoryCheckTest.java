package io.pgherder.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class StateDirectoryCheckTest {
    private static final String ANOTHER =
            "name a directory of the agent's own, /var/lib/pgherder perhaps: it is made if it does not exist";

    @TempDir
    Path directory;

    private String owner;

    @BeforeEach
    void look() throws IOException {
        owner = Files.getOwner(directory).getName();
        permit("rwx------");
    }

    @Test
    void ownAndPrivateIsGood() {
        assertThat(new StateDirectoryCheck(directory, owner).complaint()).isEmpty();
    }

    @Test
    void emptyOneOfAnotherAccountMayBeGiven() {
        assertThat(new StateDirectoryCheck(directory, "dba").complaint()).hasValueSatisfying(complaint -> {
            assertThat(complaint.words()).isEqualTo("belongs to " + owner + ", and this agent is dba");
            assertThat(complaint.hint()).startsWith("chown dba " + directory + " and chmod 700 it");
        });
    }

    @Test
    void oneThatHoldsSomethingIsNeverTakenAway() throws IOException {
        Files.createFile(directory.resolve(".bashrc"));

        assertThat(new StateDirectoryCheck(directory, "dba").complaint())
                .hasValueSatisfying(complaint -> assertThat(complaint.hint()).startsWith(ANOTHER));

        permit("rwxr-xr-x");
        assertThat(new StateDirectoryCheck(directory, owner).complaint())
                .contains(new StateDirectoryCheck.Complaint(
                        "is open to others (rwxr-xr-x); it holds passwords", ANOTHER));
    }

    @Test
    void stateOfAnAgentMayBeClosedAgain() throws IOException {
        Files.createFile(directory.resolve("agent.pid"));
        permit("rwxr-x---");

        assertThat(new StateDirectoryCheck(directory, owner).complaint())
                .contains(new StateDirectoryCheck.Complaint(
                        "is open to others (rwxr-x---); it holds passwords", "chmod 700 " + directory));
    }

    /** Root is refused for what it is; to give it the directory would be wrong. */
    @Test
    void rootIsNotTheAccountThatItShouldBelongTo() {
        assertThat(new StateDirectoryCheck(directory, "root").complaint()).isEmpty();
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }
}
