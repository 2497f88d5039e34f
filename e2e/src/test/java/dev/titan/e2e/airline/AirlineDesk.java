package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the airline answers to each call. */
final class AirlineDesk {

    /** A user is given three certificates at most. */
    private static final List<Integer> CERTIFICATES = List.of(3221322, 3221323, 3221324);

    private static final List<Map.Entry<String, String>> AIRPORTS = List.of(
            Map.entry("SFO", "San Francisco"),
            Map.entry("JFK", "New York"),
            Map.entry("LAX", "Los Angeles"),
            Map.entry("ORD", "Chicago"),
            Map.entry("DFW", "Dallas"),
            Map.entry("DEN", "Denver"),
            Map.entry("SEA", "Seattle"),
            Map.entry("ATL", "Atlanta"),
            Map.entry("MIA", "Miami"),
            Map.entry("BOS", "Boston"),
            Map.entry("PHX", "Phoenix"),
            Map.entry("IAH", "Houston"),
            Map.entry("LAS", "Las Vegas"),
            Map.entry("MCO", "Orlando"),
            Map.entry("EWR", "Newark"),
            Map.entry("CLT", "Charlotte"),
            Map.entry("MSP", "Minneapolis"),
            Map.entry("DTW", "Detroit"),
            Map.entry("PHL", "Philadelphia"),
            Map.entry("LGA", "LaGuardia"));

    private final AirlineRecords records;

    AirlineDesk(AirlineRecords records) {
        this.records = records;
    }

    /** Returns the answer; a {@link Refusal} when there is no other. */
    String answer(String tool, JsonNode asked) {
        return switch (tool) {
            case "get_user_details" -> record(Table.USERS, asked, "user_id");
            case "get_reservation_details" -> record(Table.RESERVATIONS, asked, "reservation_id");
            case "list_all_airports" -> airports();
            case "search_direct_flight" ->
                printed(new FlightSearch(records)
                        .direct(text(asked, "origin"), text(asked, "destination"), text(asked, "date")));
            case "search_onestop_flight" ->
                printed(new FlightSearch(records)
                        .oneStop(text(asked, "origin"), text(asked, "destination"), text(asked, "date")));
            case "calculate" -> Calculator.value(text(asked, "expression"));
            case "think" -> "";
            case "transfer_to_human_agents" -> "Transfer successful";
            case "send_certificate" -> sendCertificate(asked);
            case "book_reservation" -> printed(new Booking(records, asked).book());
            case "cancel_reservation" -> printed(new ReservationChange(records, asked).cancel());
            case "update_reservation_passengers" -> printed(new ReservationChange(records, asked).passengers());
            case "update_reservation_baggages" -> printed(new ReservationChange(records, asked).baggages());
            case "update_reservation_flights" -> printed(new ReservationChange(records, asked).flights());
            default -> "Unknown action " + tool;
        };
    }

    /** Whatever is missing, the airline says that it is a user. */
    private String record(Table table, JsonNode asked, String key) {
        return printed(records.find(table, text(asked, key)).orElseThrow(() -> new Refusal("user not found")));
    }

    private static String airports() {
        ObjectNode airports = TitanJson.mapper().createObjectNode();
        AIRPORTS.forEach(airport -> airports.put(airport.getKey(), airport.getValue()));
        return printed(airports);
    }

    private String sendCertificate(JsonNode asked) {
        String userId = text(asked, "user_id");
        ObjectNode user = records.find(Table.USERS, userId).orElseThrow(() -> new Refusal("user not found"));
        ObjectNode methods = user.path("payment_methods").asObject();
        String id = CERTIFICATES.stream()
                .map(number -> "certificate_" + number)
                .filter(candidate -> !methods.has(candidate))
                .findFirst()
                .orElseThrow(() -> new Refusal("too many certificates"));
        long amount = asked.path("amount").asLong();
        methods.putObject(id).put("source", "certificate").put("amount", amount).put("id", id);
        records.put(Table.USERS, userId, user);
        return "Certificate %s added to user %s with amount %d.".formatted(id, userId, amount);
    }

    private static String text(JsonNode asked, String name) {
        return asked.path(name).asString("");
    }

    private static String printed(JsonNode value) {
        return RecordText.PRINTED.of(value);
    }
}
