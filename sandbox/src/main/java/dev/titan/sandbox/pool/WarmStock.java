package dev.titan.sandbox.pool;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.Demand;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.PoolShape;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.WarmId;
import dev.titan.sandbox.WarmSandboxes;
import dev.titan.sandbox.client.Workspaces;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import dev.titan.sandbox.directory.WarmPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of one provider. A sandbox is claimed by renaming its place to that of the task's sandbox, which one caller can
 * do once; everything that follows may be repeated by whoever asks for that sandbox again. Thread-safe.
 */
public final class WarmStock implements WarmSandboxes {

    private static final Logger LOG = LoggerFactory.getLogger(WarmStock.class);

    /** A place that is not offered after this time belongs to a process that died while it made the sandbox. */
    private static final Duration MAKING_MAX = Duration.ofSeconds(90);

    private final SandboxDirectories directories;
    private final Workspaces workspaces;
    private final Maker maker;
    private final Demand demand = new Demand(System::nanoTime);

    /** How the provider makes and ends sandboxes. */
    public interface Maker {

        /** Returns what sandboxes are made from, such as the image and the daemon. */
        List<String> making();

        /** Starts a sandbox whose place is prepared and returns when its daemon answers. */
        void start(Launch launch);

        /** Returns why a sandbox is gone; empty while it runs. Must not talk to its daemon, which counts as a sign of life. */
        Optional<String> goneBecause(SandboxId id);

        /** Ends a sandbox and removes what is left of it. */
        void end(SandboxId id);
    }

    /**
     * @param directories the places of the provider's sandboxes
     * @param workspaces their clients
     * @param maker the provider
     */
    public WarmStock(SandboxDirectories directories, Workspaces workspaces, Maker maker) {
        this.directories = directories;
        this.workspaces = workspaces;
        this.maker = maker;
    }

    /** Returns the record of the sandbox that is to be a task's: the one it has, a claimed one, or one to be made. */
    public SandboxRecord settle(SandboxSpec spec) {
        PoolShape shape = new PoolShape(spec.limits(), spec.life());
        String fingerprint = shape.fingerprint(maker.making());
        List<WarmId> waiting = directories.waiting().stream()
                .filter(WarmPlace::isOffered)
                .filter(place -> place.warm().shape().equals(fingerprint) && !isOld(place, shape))
                .map(WarmPlace::warm)
                .toList();
        SandboxRecord record = directories.settle(spec, waiting);
        if (record.isFromPool()) {
            workspaces.forget(record.madeAs());
        }
        return record;
    }

    /**
     * Begins the life of a claimed sandbox as a task's and returns its workspace; empty when it is dead, and nobody's
     * again.
     */
    public Optional<Workspace> begin(SandboxRecord claimed) {
        try {
            return Optional.of(workspaces.begin(claimed));
        } catch (SandboxException.Lost dead) {
            LOG.info("A sandbox from the pool was dead when it was claimed: {}", dead.getMessage());
            workspaces.forget(claimed.id());
            directories.discard(claimed);
            return Optional.empty();
        }
    }

    @Override
    public void add(PoolShape shape) {
        Launch launch = Launch.warm(WarmId.next(shape.fingerprint(maker.making())), shape);
        WarmId id = WarmId.of(launch.id()).orElseThrow();
        directories.prepare(launch);
        try {
            maker.start(launch);
            FirstCommands.runIn(workspaces.connect(launch.id()));
            directories.offer(id);
        } catch (SandboxException e) {
            maker.end(launch.id());
            throw e;
        }
    }

    @Override
    public int tend(PoolShape shape) {
        String fingerprint = shape.fingerprint(maker.making());
        int ready = 0;
        for (WarmPlace place : directories.waiting()) {
            boolean isOfShape = place.warm().shape().equals(fingerprint);
            if (isOver(place, isOfShape ? Optional.of(shape) : Optional.empty())) {
                end(place.id());
            } else if (isOfShape && place.isOffered()) {
                ready++;
            }
        }
        return ready;
    }

    @Override
    public void drop(PoolShape shape) {
        String fingerprint = shape.fingerprint(maker.making());
        directories.waiting().stream()
                .filter(place -> place.isOffered() && place.warm().shape().equals(fingerprint))
                .findFirst()
                .ifPresent(place -> end(place.id()));
    }

    @Override
    public void drain(PoolShape shape) {
        String fingerprint = shape.fingerprint(maker.making());
        directories.waiting().stream()
                .filter(place -> place.warm().shape().equals(fingerprint))
                .forEach(place -> end(place.id()));
    }

    @Override
    public Demand demand() {
        return demand;
    }

    private boolean isOver(WarmPlace place, Optional<PoolShape> shape) {
        if (!place.isOffered()) {
            return age(place).compareTo(makingMax(shape)) >= 0;
        }
        if (shape.isEmpty()) {
            // Another version's or another process's with other settings: it ends itself when nobody tends it.
            return maker.goneBecause(place.id()).isPresent();
        }
        return isOld(place, shape.get()) || !renewed(place.id());
    }

    /** Nothing is still in the making when its daemon would have ended itself by now. */
    private static Duration makingMax(Optional<PoolShape> shape) {
        return shape.map(known -> known.waitingLife().lease())
                .filter(lease -> lease.compareTo(MAKING_MAX) < 0)
                .orElse(MAKING_MAX);
    }

    private boolean renewed(SandboxId id) {
        try {
            workspaces.renew(id);
            return true;
        } catch (SandboxException.Lost dead) {
            // Unless it was claimed meanwhile, which the withdrawal finds out.
            LOG.info("A sandbox of the pool is gone: {}", dead.getMessage());
            return false;
        } catch (SandboxException.Unavailable slow) {
            LOG.warn("A sandbox of the pool does not answer; asked again soon: {}", slow.getMessage());
            return true;
        }
    }

    private void end(SandboxId id) {
        try {
            maker.end(id);
        } catch (SandboxException e) {
            LOG.warn("Cannot end sandbox {} of the pool; tried again soon: {}", id, e.getMessage());
        }
    }

    private static boolean isOld(WarmPlace place, PoolShape shape) {
        return age(place).compareTo(shape.waitMax()) >= 0;
    }

    private static Duration age(WarmPlace place) {
        return Duration.between(place.record().createdAt(), Instant.now());
    }
}
