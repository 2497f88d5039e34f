package dev.titan.dev.temporal;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;

/** The least a workflow can do: some activities one after another, each of which does nothing. */
@WorkflowInterface
public interface Echo {

    /** Runs that many activities. */
    @WorkflowMethod
    void run(int activities);

    /** An activity that does nothing. */
    @ActivityInterface
    interface Nothing {
        /** Returns at once. */
        @ActivityMethod
        void nothing();
    }

    /** Writes down whose turn it is, then runs the activities. */
    final class EchoImpl implements Echo {

        private final List<String> begun;

        EchoImpl(List<String> begun) {
            this.begun = begun;
        }

        @Override
        public void run(int activities) {
            begun.add(Workflow.getInfo().getWorkflowId().split("-", 2)[0]);
            Nothing nothing = Workflow.newActivityStub(
                    Nothing.class,
                    ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .build());
            for (int i = 0; i < activities; i++) {
                nothing.nothing();
            }
        }
    }
}
