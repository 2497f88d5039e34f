package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What flies where on a date. */
final class FlightSearch {

    private final List<ObjectNode> flights;

    FlightSearch(AirlineRecords records) {
        this.flights = records.flights().toList();
    }

    ArrayNode direct(String origin, String destination, String date) {
        ArrayNode found = TitanJson.mapper().createArrayNode();
        leaving(origin)
                .filter(flight -> text(flight, "destination").equals(destination))
                .filter(flight -> available(flight, date))
                .forEach(flight -> found.add(shown(flight, date)));
        return found;
    }

    ArrayNode oneStop(String origin, String destination, String date) {
        ArrayNode found = TitanJson.mapper().createArrayNode();
        leaving(origin)
                .forEach(first -> leaving(text(first, "destination"))
                        .filter(second -> text(second, "destination").equals(destination))
                        .forEach(second -> connect(first, second, date, found)));
        return found;
    }

    private static void connect(ObjectNode first, ObjectNode second, String date, ArrayNode found) {
        String arrival = text(first, "scheduled_arrival_time_est");
        String secondDate = arrival.contains("+1") ? dayAfter(date) : date;
        if (arrival.compareTo(text(second, "scheduled_departure_time_est")) > 0
                || !available(first, date)
                || !available(second, secondDate)) {
            return;
        }
        // The airline shows of both flights the seats and prices of the first date.
        found.addArray()
                .add(shown(first, date).put("date", date))
                .add(shown(second, date).put("date", secondDate));
    }

    private static String dayAfter(String date) {
        return "2024-05-" + (Integer.parseInt(date.substring(date.length() - 2)) + 1);
    }

    private Stream<ObjectNode> leaving(String origin) {
        return flights.stream().filter(flight -> text(flight, "origin").equals(origin));
    }

    private static boolean available(JsonNode flight, String date) {
        return text(flight.path("dates").path(date), "status").equals("available");
    }

    private static ObjectNode shown(ObjectNode flight, String date) {
        ObjectNode shown = flight.deepCopy();
        shown.remove("dates");
        flight.path("dates").path(date).properties().forEach(member -> shown.set(member.getKey(), member.getValue()));
        return shown;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
