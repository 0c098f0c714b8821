package io.pgherder.agent;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The import table of docs/architecture.md, kept by the build. */
class AgentArchitectureTest {
    private static final String AGENT = "io.pgherder.agent";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(AGENT);

    /** Each room and those of ours that it may import. */
    private static final List<Room> ROOMS = List.of(
            new Room("problem", List.of()),
            new Room("system", List.of("problem")),
            new Room("tls", List.of("problem")),
            new Room("lock", List.of("problem", "system")),
            new Room("configfile", List.of("problem", "system")),
            new Room("postgres", List.of("problem", "system", "configfile")),
            new Room("inspect", List.of("problem", "system", "configfile", "postgres")),
            new Room("operation", List.of("problem", "system", "configfile", "postgres", "inspect")),
            new Room("grpc", List.of("problem", "system", "tls", "lock", "postgres", "inspect", "operation")));

    private record Room(String name, List<String> mayImport) {}

    @TestFactory
    List<DynamicTest> eachRoomImportsOnlyThoseBeforeIt() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.name(),
                        () -> classes()
                                .that()
                                .resideInAPackage(AGENT + "." + room.name() + "..")
                                .should()
                                .onlyDependOnClassesThat(isOutsideOrIn(room))
                                .because("a room that reaches forward makes a circle")
                                .check(CLASSES)))
                .toList();
    }

    private static DescribedPredicate<JavaClass> isOutsideOrIn(Room room) {
        List<String> allowed = new ArrayList<>(room.mayImport());
        allowed.add(room.name());
        return DescribedPredicate.describe(
                "lie outside the agent or in " + allowed,
                type -> !type.getPackageName().startsWith(AGENT)
                        || allowed.stream()
                                .anyMatch(name -> type.getPackageName().equals(AGENT + "." + name)));
    }

    @Test
    void everyRoomIsInTheTable() {
        classes()
                .that()
                .resideInAPackage(AGENT + ".*..")
                .should()
                .resideInAnyPackage(
                        ROOMS.stream().map(room -> AGENT + "." + room.name()).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void onlyTheDoorKnowsGrpcAndTheGeneratedMessages() {
        onlyIn("grpc", "io.grpc..", "io.netty..", "com.google.protobuf..", "io.pgherder.proto..");
    }

    @Test
    void onlyPostgresKnowsJdbc() {
        onlyIn("postgres", "java.sql..", "javax.sql..", "org.postgresql..", "org.newsclub..");
    }

    private static void onlyIn(String room, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(AGENT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .because("there is one door for each outside thing: " + AGENT + "." + room)
                .check(CLASSES);
    }

    @Test
    void onlySystemRunsPrograms() {
        noClasses()
                .that()
                .resideOutsideOfPackage(AGENT + ".system..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Process.class)
                .check(CLASSES);
    }

    @Test
    void onlySystemWritesFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackage(AGENT + ".system..")
                .should()
                .callMethodWhere(DescribedPredicate.describe("a file is changed", AgentArchitectureTest::changesFiles))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(FileOutputStream.class, FileWriter.class)
                .check(CLASSES);
    }

    private static final Set<String> CHANGING = Set.of(
            "write",
            "writeString",
            "newOutputStream",
            "newBufferedWriter",
            "move",
            "copy",
            "delete",
            "deleteIfExists",
            "createFile",
            "createDirectory",
            "createDirectories",
            "createLink",
            "createSymbolicLink",
            "createTempFile",
            "createTempDirectory",
            "setAttribute",
            "setPosixFilePermissions",
            "setOwner",
            "setLastModifiedTime",
            "truncate");

    private static boolean changesFiles(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        return (owner.isEquivalentTo(Files.class) || owner.isAssignableTo(WritableByteChannel.class))
                && CHANGING.contains(call.getTarget().getName());
    }

    @Test
    void onlyTheEntranceUsesStandardOutput() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
