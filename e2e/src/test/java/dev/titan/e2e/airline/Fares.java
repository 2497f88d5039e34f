package dev.titan.e2e.airline;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What seats cost today.
 *
 * @param records the desk
 * @param cabin the class of every segment
 * @param passengers how many seats a segment takes
 */
record Fares(AirlineRecords records, String cabin, int passengers) {

    /** Completes a segment with price, origin and destination, and returns the price of a seat. */
    long quote(ObjectNode segment) {
        String number = segment.path("flight_number").asString();
        String date = segment.path("date").asString();
        ObjectNode flight = records.find(Table.FLIGHTS, number)
                .orElseThrow(() -> new Refusal("flight %s not found".formatted(number)));
        JsonNode day = flight.path("dates").path(date);
        if (day.isMissingNode()) {
            throw new Refusal("flight %s not found on date %s".formatted(number, date));
        }
        if (!day.path("status").asString().equals("available")) {
            throw new Refusal("flight %s not available on date %s".formatted(number, date));
        }
        if (day.path("available_seats").path(cabin).asLong() < passengers) {
            throw new Refusal("not enough seats on flight " + number);
        }
        long price = day.path("prices").path(cabin).asLong();
        complete(segment, price, flight);
        return price;
    }

    /** Completes a segment with a price and the places of a flight or an earlier segment. */
    static void complete(ObjectNode segment, long price, JsonNode places) {
        segment.put("price", price);
        segment.put("origin", places.path("origin").asString());
        segment.put("destination", places.path("destination").asString());
    }
}
