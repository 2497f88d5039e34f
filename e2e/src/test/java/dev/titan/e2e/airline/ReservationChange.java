package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of one reservation: every check first, then the payment, then the record. */
final class ReservationChange {

    private final AirlineRecords records;
    private final JsonNode asked;
    private final ObjectNode reservation;

    ReservationChange(AirlineRecords records, JsonNode asked) {
        this.records = records;
        this.asked = asked;
        this.reservation = records.find(
                        Table.RESERVATIONS, asked.path("reservation_id").asString())
                .orElseThrow(() -> new Refusal("reservation not found"));
    }

    ObjectNode cancel() {
        ArrayNode history = reservation.path("payment_history").asArray();
        for (JsonNode payment : history.deepCopy()) {
            history.add(entry(
                    payment.path("payment_id").asString(),
                    -payment.path("amount").asLong()));
        }
        reservation.put("status", "cancelled");
        return stored();
    }

    ObjectNode passengers() {
        if (asked.path("passengers").size() != reservation.path("passengers").size()) {
            throw new Refusal("number of passengers does not match");
        }
        reservation.set("passengers", asked.path("passengers"));
        return stored();
    }

    ObjectNode baggages() {
        long more = asked.path("nonfree_baggages").asLong()
                - reservation.path("nonfree_baggages").asLong();
        pay(Booking.BAG * Math.max(0, more));
        reservation.set("total_baggages", asked.path("total_baggages"));
        reservation.set("nonfree_baggages", asked.path("nonfree_baggages"));
        return stored();
    }

    ObjectNode flights() {
        int passengers = reservation.path("passengers").size();
        Fares fares = new Fares(records, asked.path("cabin").asString(), passengers);
        long price = 0;
        ArrayNode segments = asked.path("flights").deepCopy().asArray();
        for (JsonNode segment : segments) {
            price += price(segment.asObject(), fares) * passengers;
        }
        for (JsonNode segment : reservation.path("flights")) {
            price -= segment.path("price").asLong() * passengers;
        }
        pay(price);
        reservation.set("flights", segments);
        return stored();
    }

    private long price(ObjectNode segment, Fares fares) {
        Optional<JsonNode> kept = fares.cabin().equals(reservation.path("cabin").asString())
                ? reservation
                        .path("flights")
                        .valueStream()
                        .filter(old -> old.path("flight_number").equals(segment.path("flight_number"))
                                && old.path("date").equals(segment.path("date")))
                        .findFirst()
                : Optional.empty();
        if (kept.isEmpty()) {
            return fares.quote(segment);
        }
        long price = kept.get().path("price").asLong();
        Fares.complete(segment, price, kept.get());
        return price;
    }

    /** A price below zero is given back, to a gift card at once. */
    private void pay(long price) {
        String userId = reservation.path("user_id").asString();
        ObjectNode user = records.find(Table.USERS, userId).orElseThrow(() -> new Refusal("user not found"));
        String id = asked.path("payment_id").asString();
        JsonNode method = user.path("payment_methods").path(id);
        if (method.isMissingNode()) {
            throw new Refusal("payment method not found");
        }
        switch (method.path("source").asString()) {
            case "certificate" -> throw new Refusal("certificate cannot be used to update reservation");
            case "gift_card" -> {
                long left = method.path("amount").asLong() - price;
                if (left < 0) {
                    throw new Refusal("gift card balance is not enough");
                }
                method.asObject().put("amount", left);
                records.put(Table.USERS, userId, user);
            }
            default -> {}
        }
        if (price != 0) {
            reservation.path("payment_history").asArray().add(entry(id, price));
        }
    }

    private static ObjectNode entry(String paymentId, long amount) {
        return TitanJson.mapper()
                .createObjectNode()
                .put("payment_id", paymentId)
                .put("amount", amount);
    }

    private ObjectNode stored() {
        records.put(Table.RESERVATIONS, asked.path("reservation_id").asString(), reservation);
        return reservation;
    }
}
