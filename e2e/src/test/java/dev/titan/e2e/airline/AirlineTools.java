package dev.titan.e2e.airline;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tools of the desk. {@code AIRLINE_URL} says where the airline is, {@code AIRLINE_EFFECT} what its changing tools
 * promise: {@code idempotent}, with a key that the airline recognises, or {@code once}, without.
 */
public final class AirlineTools implements ToolProvider {

    /** Where the airline is. */
    public static final String URL = "AIRLINE_URL";

    /** What its changing tools promise. */
    public static final String EFFECT = "AIRLINE_EFFECT";

    /** The tools that change something. */
    public static final Set<String> CHANGES = Set.of(
            "book_reservation",
            "cancel_reservation",
            "send_certificate",
            "update_reservation_baggages",
            "update_reservation_flights",
            "update_reservation_passengers");

    /** Returns the names of all of them. */
    public static List<String> names() {
        return new AirlineTools().tools(Map.of()).stream().map(Tool::name).toList();
    }

    @Override
    public List<Tool<?>> tools(Map<String, String> settings) {
        DeskLine line = new DeskLine(URI.create(settings.getOrDefault(URL, "http://127.0.0.1:9")));
        EffectClass changes = EffectClass.of(settings.getOrDefault(EFFECT, EffectClass.ONCE.wire()));
        return Stream.concat(reading(line).stream(), changing(line, changes).stream())
                .toList();
    }

    private static List<Tool<?>> reading(DeskLine line) {
        EffectClass pure = EffectClass.PURE;
        return List.of(
                new DeskTool<>("get_user_details", "Read a user's record.", DeskArguments.User.class, pure, line),
                new DeskTool<>(
                        "get_reservation_details", "Read a reservation.", DeskArguments.Reservation.class, pure, line),
                new DeskTool<>(
                        "list_all_airports", "List the airports by code.", DeskArguments.Nothing.class, pure, line),
                new DeskTool<>(
                        "search_direct_flight",
                        "Find flights without a stop that have seats on a date.",
                        DeskArguments.Route.class,
                        pure,
                        line),
                new DeskTool<>(
                        "search_onestop_flight",
                        "Find pairs of flights with one stop that have seats on a date.",
                        DeskArguments.Route.class,
                        pure,
                        line),
                new DeskTool<>(
                        "calculate",
                        "Work out numbers, + - * / and parentheses.",
                        DeskArguments.Expression.class,
                        pure,
                        line),
                new DeskTool<>(
                        "think", "Write down a thought; nothing happens.", DeskArguments.Thought.class, pure, line),
                new DeskTool<>(
                        "transfer_to_human_agents",
                        "Hand the user over to a person.",
                        DeskArguments.Summary.class,
                        pure,
                        line));
    }

    private static List<Tool<?>> changing(DeskLine line, EffectClass effect) {
        return List.of(
                new DeskTool<>(
                        "book_reservation",
                        "Book flights and take the payments, which must add up to the price.",
                        DeskArguments.Booking.class,
                        effect,
                        line),
                new DeskTool<>(
                        "cancel_reservation",
                        "Cancel a reservation and pay back.",
                        DeskArguments.Reservation.class,
                        effect,
                        line),
                new DeskTool<>(
                        "send_certificate",
                        "Give a user a certificate.",
                        DeskArguments.Certificate.class,
                        effect,
                        line),
                new DeskTool<>(
                        "update_reservation_baggages",
                        "Change how many bags a reservation has.",
                        DeskArguments.Baggages.class,
                        effect,
                        line),
                new DeskTool<>(
                        "update_reservation_flights",
                        "Replace the flights of a reservation.",
                        DeskArguments.Flights.class,
                        effect,
                        line),
                new DeskTool<>(
                        "update_reservation_passengers",
                        "Replace the passengers of a reservation by as many others.",
                        DeskArguments.Passengers.class,
                        effect,
                        line));
    }
}
