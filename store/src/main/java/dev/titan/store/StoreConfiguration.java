package dev.titan.store;

import dev.titan.store.artifact.ArtifactRepository;
import dev.titan.store.artifact.BlobCollector;
import dev.titan.store.artifact.BlobStore;
import dev.titan.store.auth.ApiKeyRepository;
import dev.titan.store.checkpoint.CheckpointRepository;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import dev.titan.store.event.LiveBroadcast;
import dev.titan.store.fork.TaskForks;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.sandbox.WorkspaceRepository;
import dev.titan.store.steering.ApprovalRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.SpecRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.transcript.Transcript;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The store over one {@link DataSource}, which the importing application provides: PostgreSQL, and at least two
 * connections, one of which the event feed keeps. The schema is migrated before any of these beans exists.
 */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

    @Bean
    StoreDatabase storeDatabase(DataSource dataSource) {
        return StoreDatabase.open(dataSource);
    }

    @Bean
    EventLog eventLog(StoreDatabase database) {
        return new EventLog(database.jdbc(), database.transaction());
    }

    @Bean(destroyMethod = "close")
    EventFeed eventFeed(StoreDatabase database) {
        return new EventFeed(database.dataSource());
    }

    @Bean(destroyMethod = "close")
    LiveBroadcast liveBroadcast(StoreDatabase database) {
        return new LiveBroadcast(database.jdbc());
    }

    @Bean
    TaskRepository taskRepository(StoreDatabase database, EventLog events) {
        return new TaskRepository(database.jdbc(), database.transaction(), events);
    }

    @Bean
    TaskForks taskForks(StoreDatabase database, TaskRepository tasks, EventLog events) {
        return new TaskForks(database.jdbc(), database.transaction(), tasks, events);
    }

    @Bean
    SpecRepository specRepository(StoreDatabase database) {
        return new SpecRepository(database.jdbc());
    }

    @Bean
    PlanRepository planRepository(StoreDatabase database) {
        return new PlanRepository(database.jdbc());
    }

    @Bean
    Transcript transcript(StoreDatabase database) {
        return new Transcript(database.jdbc(), database.transaction());
    }

    @Bean
    EffectLedger effectLedger(StoreDatabase database) {
        return new EffectLedger(database.jdbc());
    }

    @Bean
    BlobStore blobStore(StoreDatabase database) {
        return new BlobStore(database.jdbc(), database.transaction());
    }

    @Bean
    BlobCollector blobCollector(StoreDatabase database) {
        return new BlobCollector(database.jdbc());
    }

    @Bean
    ArtifactRepository artifactRepository(StoreDatabase database, BlobStore blobs) {
        return new ArtifactRepository(database.jdbc(), database.transaction(), blobs);
    }

    @Bean
    SandboxRegistry sandboxRegistry(StoreDatabase database) {
        return new SandboxRegistry(database.jdbc());
    }

    @Bean
    WorkspaceRepository workspaceRepository(StoreDatabase database) {
        return new WorkspaceRepository(database.jdbc());
    }

    @Bean
    CheckpointRepository checkpointRepository(StoreDatabase database) {
        return new CheckpointRepository(database.jdbc());
    }

    @Bean
    CommandRepository commandRepository(StoreDatabase database) {
        return new CommandRepository(database.jdbc());
    }

    @Bean
    ApprovalRepository approvalRepository(StoreDatabase database) {
        return new ApprovalRepository(database.jdbc());
    }

    @Bean
    ApiKeyRepository apiKeyRepository(StoreDatabase database) {
        return new ApiKeyRepository(database.jdbc());
    }
}
