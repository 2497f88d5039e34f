package dev.titan.api.health;

import dev.titan.store.StoreDatabase;

/** PostgreSQL. */
public final class DatabaseDependency implements Dependency {

    private final StoreDatabase database;

    public DatabaseDependency(StoreDatabase database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public State state() {
        return database.answers() ? new State.Up() : new State.Down("it does not answer");
    }
}
