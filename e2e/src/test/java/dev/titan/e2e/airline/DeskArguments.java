package dev.titan.e2e.airline;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the tools of the desk are given: a record each, from which the schema is made that the model sees. */
public final class DeskArguments {

    private DeskArguments() {}

    /** None. */
    public record Nothing() {}

    /** Whose record. */
    public record User(
            @JsonPropertyDescription("Id of the user.") String userId) {}

    /** Which reservation. */
    public record Reservation(
            @JsonPropertyDescription("Id of the reservation, six characters.")
            String reservationId) {}

    /** From where to where and when. */
    public record Route(
            @JsonPropertyDescription("Code of the airport to leave from.")
            String origin,

            @JsonPropertyDescription("Code of the airport to arrive at.")
            String destination,

            @JsonPropertyDescription("Day of departure, YYYY-MM-DD.")
            String date) {}

    /** What to work out. */
    public record Expression(
            @JsonPropertyDescription("Such as (12 + 3) * 4.")
            String expression) {}

    /** What to write down. */
    public record Thought(
            @JsonPropertyDescription("The thought.") String thought) {}

    /** What the person has to know. */
    public record Summary(
            @JsonPropertyDescription("What the user wants and what was done.")
            String summary) {}

    /** What is given to whom. */
    public record Certificate(
            @JsonPropertyDescription("Id of the user.") String userId,

            @JsonPropertyDescription("Whole dollars.") long amount) {}

    /** How many bags, and who pays. */
    public record Baggages(
            @JsonPropertyDescription("Id of the reservation.")
            String reservationId,

            @JsonPropertyDescription("Bags in all.") int totalBaggages,

            @JsonPropertyDescription("Bags that cost something.")
            int nonfreeBaggages,

            @JsonPropertyDescription("Id of one of the user's payment methods.")
            String paymentId) {}

    /** Which flights instead, and who pays. */
    public record Flights(
            @JsonPropertyDescription("Id of the reservation.")
            String reservationId,

            @JsonPropertyDescription("Class of all of them.")
            Cabin cabin,

            @JsonPropertyDescription("All flights, those that stay included.")
            List<Segment> flights,

            @JsonPropertyDescription("Id of one of the user's payment methods.")
            String paymentId) {}

    /** Who flies instead. */
    public record Passengers(
            @JsonPropertyDescription("Id of the reservation.")
            String reservationId,

            @JsonPropertyDescription("As many as before.") List<Passenger> passengers) {}

    /** A new reservation. */
    public record Booking(
            @JsonPropertyDescription("Id of the user.") String userId,

            @JsonPropertyDescription("Code of the first airport.")
            String origin,

            @JsonPropertyDescription("Code of the place the trip is to.")
            String destination,

            @JsonPropertyDescription("There, or there and back.")
            FlightType flightType,

            @JsonPropertyDescription("Class of all flights.")
            Cabin cabin,

            @JsonPropertyDescription("The flights in order.")
            List<Segment> flights,

            @JsonPropertyDescription("Who flies.") List<Passenger> passengers,

            @JsonPropertyDescription("Who pays; must add up to the price.")
            List<Payment> paymentMethods,

            @JsonPropertyDescription("Bags in all.") int totalBaggages,

            @JsonPropertyDescription("Bags that cost something.")
            int nonfreeBaggages,

            @JsonPropertyDescription("Whether the passengers are insured.")
            YesNo insurance) {}

    /** One flight of a reservation. */
    public record Segment(
            @JsonPropertyDescription("May be left out.") @Nullable
            String origin,

            @JsonPropertyDescription("May be left out.") @Nullable
            String destination,

            @JsonPropertyDescription("Such as HAT001.") String flightNumber,

            @JsonPropertyDescription("YYYY-MM-DD.") String date) {}

    /** One person. */
    public record Passenger(
            @JsonPropertyDescription("Given name.") String firstName,

            @JsonPropertyDescription("Family name.") String lastName,

            @JsonPropertyDescription("Day of birth, YYYY-MM-DD.")
            String dob) {}

    /** One payment. */
    public record Payment(
            @JsonPropertyDescription("Id of one of the user's payment methods.")
            String paymentId,

            @JsonPropertyDescription("Whole dollars.") long amount) {}

    /** The classes. */
    public enum Cabin {
        BASIC_ECONOMY,
        ECONOMY,
        BUSINESS;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Cabin of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** The kinds of trips. */
    public enum FlightType {
        ONE_WAY,
        ROUND_TRIP;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static FlightType of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** Yes or no, as the airline writes them. */
    public enum YesNo {
        YES,
        NO;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static YesNo of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }
}
