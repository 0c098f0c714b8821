package io.pgherder.controller;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.pgherder.controller.plan.rule.Rule;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.problem.ProgramName;
import io.pgherder.controller.problem.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static com.tngtech.archunit.base.DescribedPredicate.equalTo;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.implement;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The import table of the architecture: who may know whom, and which library is known where. */
@AnalyzeClasses(packages = "io.pgherder.controller", importOptions = DoNotIncludeTests.class)
class ControllerArchitectureTest {
    private static final String HERE = "io.pgherder.controller.";
    private static final List<String> JDK = List.of("java..", "javax..", "org.jspecify..");

    @ArchTest
    void problemsAndValuesKnowNothingOfOurs(JavaClasses classes) {
        only(classes, "problem", List.of("problem"));
        only(classes, "pgvalue", List.of("pgvalue"));
    }

    @ArchTest
    void aTopologyKnowsOnlyValuesAndProblems(JavaClasses classes) {
        only(classes, "topology", List.of("topology", "pgvalue", "problem"), "org.yaml.snakeyaml..");
    }

    @ArchTest
    void yamlIsReadInOnePlace(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + "topology.yaml..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.yaml.snakeyaml..")
                .check(classes);
    }

    @ArchTest
    void lookingComparingAndDecidingKnowOnlyWhatIsBeforeThem(JavaClasses classes) {
        List<String> known = new ArrayList<>(List.of("problem", "pgvalue", "topology"));
        for (String next : List.of("observation", "drift", "plan")) {
            known.add(next);
            only(classes, next, known);
        }
    }

    @ArchTest
    void anImportKnowsNothingOfPlans(JavaClasses classes) {
        only(classes, "importing", List.of("importing", "problem", "pgvalue", "topology", "observation", "drift"));
    }

    /** What several rules go by is a fact of the situation, and stands in plan. */
    @ArchTest
    void noPlanningRuleKnowsAnother(JavaClasses classes) {
        for (JavaClass rule : classes.that(implement(Rule.class))) {
            noClasses()
                    .that(equalTo(rule))
                    .should()
                    .dependOnClassesThat(implement(Rule.class).and(not(equalTo(rule))))
                    .check(classes);
        }
    }

    @ArchTest
    void aFileThatIsWrittenWholeKnowsNothingOfOurs(JavaClasses classes) {
        only(classes, "wholefile", List.of("wholefile"));
    }

    @ArchTest
    void planFilesAndExecutionKnowThePlanAndWhatIsBeforeIt(JavaClasses classes) {
        List<String> before = List.of("problem", "pgvalue", "wholefile", "topology", "observation", "drift", "plan");
        for (String each : List.of("planfile", "execution")) {
            only(classes, each, Stream.concat(before.stream(), Stream.of(each)).toList(), "com.google.gson..");
        }
    }

    @ArchTest
    void onlyTheAgentClientKnowsGrpcAndGeneratedCode(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + "agentclient..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "io.netty..", "com.google.protobuf..", "io.pgherder.proto..")
                .check(classes);
    }

    @ArchTest
    void reportsAndCommandsReachAgentsOnlyThroughPorts(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage(HERE + "report..", HERE + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HERE + "agentclient..")
                .check(classes);
    }

    @ArchTest
    void onlyTheCommandLineKnowsPicocli(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(HERE + "cli..", "io.pgherder.controller")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(classes);
    }

    /** The reader of topology files reads files; what it makes of them does not. */
    @ArchTest
    void decidingHasNoClockNoFilesAndNoLog(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage(HERE + "topology", HERE + "drift..", HERE + "plan..", HERE + "importing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.net..", "java.util.logging..", "java.util.concurrent..")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(classes);
    }

    /** How the program is typed depends on the directory that the process runs in, and on PATH. */
    @ArchTest
    void readingLookingAndDecidingTellNobodyWhatToType(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage(HERE + "topology..", HERE + "observation..", HERE + "drift..", HERE + "plan..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProgramName.class, ShellCommand.class, NextCommands.class)
                .check(classes);
    }

    @ArchTest
    void theControllerNeverKnowsTheAgent(JavaClasses classes) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pgherder.agent..")
                .check(classes);
    }

    private static void only(JavaClasses classes, String ours, List<String> known, String... libraries) {
        String[] allowed = Stream.of(known.stream().map(name -> HERE + name + ".."), JDK.stream(), Stream.of(libraries))
                .flatMap(names -> names)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(HERE + ours + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(classes);
    }
}
