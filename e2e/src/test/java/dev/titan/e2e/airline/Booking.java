package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A new reservation: every check first, then the payments, then the record. */
final class Booking {

    /** A desk books three reservations at most; a fourth takes the place of the third. */
    private static final List<String> IDS = List.of("HATHAT", "HATHAU", "HATHAV");

    private static final int INSURANCE = 30;
    static final int BAG = 50;

    private final AirlineRecords records;
    private final JsonNode asked;

    Booking(AirlineRecords records, JsonNode asked) {
        this.records = records;
        this.asked = asked;
    }

    ObjectNode book() {
        String userId = asked.path("user_id").asString();
        ObjectNode user = records.find(Table.USERS, userId).orElseThrow(() -> new Refusal("user not found"));
        ObjectNode reservation = reservation(userId);
        ObjectNode methods = user.path("payment_methods").asObject();
        checkPayments(methods, price(reservation));
        pay(methods);
        String id = reservation.path("reservation_id").asString();
        user.path("reservations").asArray().add(id);
        records.put(Table.RESERVATIONS, id, reservation);
        records.put(Table.USERS, userId, user);
        return reservation;
    }

    private ObjectNode reservation(String userId) {
        ObjectNode reservation = TitanJson.mapper().createObjectNode();
        reservation.put("reservation_id", freeId());
        reservation.put("user_id", userId);
        for (String name : List.of("origin", "destination", "flight_type", "cabin", "flights", "passengers")) {
            reservation.set(name, asked.path(name).deepCopy());
        }
        reservation.set("payment_history", asked.path("payment_methods").deepCopy());
        reservation.put("created_at", "2024-05-15T15:00:00");
        for (String name : List.of("total_baggages", "nonfree_baggages", "insurance")) {
            reservation.set(name, asked.path(name));
        }
        return reservation;
    }

    private String freeId() {
        return IDS.stream()
                .filter(id -> records.find(Table.RESERVATIONS, id).isEmpty())
                .findFirst()
                .orElse(IDS.getLast());
    }

    private long price(ObjectNode reservation) {
        int passengers = reservation.path("passengers").size();
        Fares fares = new Fares(records, reservation.path("cabin").asString(), passengers);
        long price = 0;
        for (JsonNode segment : reservation.path("flights")) {
            price += fares.quote(segment.asObject()) * passengers;
        }
        if (reservation.path("insurance").asString().equals("yes")) {
            price += (long) INSURANCE * passengers;
        }
        return price + BAG * reservation.path("nonfree_baggages").asLong();
    }

    private void checkPayments(ObjectNode methods, long price) {
        for (JsonNode payment : payments()) {
            String id = payment.path("payment_id").asString();
            JsonNode method = methods.path(id);
            if (method.isMissingNode()) {
                throw new Refusal("payment method %s not found".formatted(id));
            }
            boolean limited = Stream.of("gift_card", "certificate")
                    .anyMatch(method.path("source").asString()::equals);
            if (limited && method.path("amount").asLong() < amount(payment)) {
                throw new Refusal("not enough balance in payment method " + id);
            }
        }
        long paid = payments().valueStream().mapToLong(Booking::amount).sum();
        if (paid != price) {
            throw new Refusal("payment amount does not add up, total price is %d, but paid %d".formatted(price, paid));
        }
    }

    private void pay(ObjectNode methods) {
        for (JsonNode payment : payments()) {
            String id = payment.path("payment_id").asString();
            ObjectNode method = methods.path(id).asObject();
            switch (method.path("source").asString()) {
                case "gift_card" -> method.put("amount", method.path("amount").asLong() - amount(payment));
                case "certificate" -> methods.remove(id);
                default -> {}
            }
        }
    }

    private ArrayNode payments() {
        return asked.path("payment_methods").asArray();
    }

    private static long amount(JsonNode payment) {
        return payment.path("amount").asLong();
    }
}
