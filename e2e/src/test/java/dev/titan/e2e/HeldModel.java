package dev.titan.e2e;

import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import java.util.concurrent.CountDownLatch;

/**
 * A model that does not answer in one of its roles until it is let go.
 *
 * @param goal the exact goal
 * @param role which is held
 * @param letGo what it waits for
 */
record HeldModel(String goal, AskedRole role, CountDownLatch letGo) implements ModelScript {

    @Override
    public String name() {
        return goal;
    }

    @Override
    public boolean plays(String other) {
        return goal.equals(other.strip());
    }

    @Override
    public ScriptedReply turn(ModelRequest request) {
        return new ScriptedReply.Words("Done.");
    }

    @Override
    public ScriptedReply reply(ModelRequest request) {
        if (request.role() == role) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return ModelScript.super.reply(request);
    }
}
