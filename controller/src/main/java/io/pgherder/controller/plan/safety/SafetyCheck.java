package io.pgherder.controller.plan.safety;

import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** A reason to refuse. */
public interface SafetyCheck {
    /** Everything that this check objects to; empty if nothing. */
    List<Problem> problems(Situation situation);

    /** All checks, in the order in which their findings are told: what could not be seen, what is there, what would be made. */
    static List<SafetyCheck> all() {
        return List.of(
                new EveryAgentAnswers(),
                new EveryNodeIsSeen(),
                new AgentsAreNewEnough(),
                new ClocksAgree(),
                new DirectoriesAreApart(),
                new InstancesCanBeJudged(),
                new ConfigurationIsWhereDeclared(),
                new DataIsOfTheDeclaredVersion(),
                new DataIsOfOneSystem(),
                new DataIsOfTheDeclaredNode(),
                new OnePrimary(),
                new RoleIsWhereDeclared(),
                new NobodyComesUpAsSecondPrimary(),
                new PrimaryComesUpAsPrimary(),
                new NobodySawALaterTimeline(),
                new StandbysShareTheHistory(),
                new PrimaryHasAllWal(),
                new FirstPrimaryOnlyFromNothing(),
                new StandbysKeepUpWithTheirPrimary(),
                new SlotsOutliveRestarts(),
                new PreparedTransactionsOutliveRestarts(),
                new ServersComeUpAgain(),
                new RecoveriesDoNotEnd(),
                new StandbysReturnToTheirPrimary(),
                new RestartsFindGoodFiles(),
                new FilesAreNotLinks(),
                new PortsStay(),
                new ProgramsAreInstalled(),
                new DirectoriesCanBeMade(),
                new SourcesHaveNoTablespaces(),
                new CopiesFit(),
                new SourcesServeTheirCopies(),
                new PortsAreFree(),
                new NamesAreFree(),
                new UpstreamsCanBeReached());
    }
}
