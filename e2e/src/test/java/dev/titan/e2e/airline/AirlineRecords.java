package dev.titan.e2e.airline;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The records of one desk within one transaction. What is found is a copy; what is put is there from then on. */
interface AirlineRecords {

    /** Returns the record of that key. */
    Optional<ObjectNode> find(Table table, String key);

    /** Returns every flight in the order of the file. Flights never change. */
    Stream<ObjectNode> flights();

    /** Stores a record. */
    void put(Table table, String key, ObjectNode record);
}
