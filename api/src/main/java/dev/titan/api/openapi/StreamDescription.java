package dev.titan.api.openapi;

import static dev.titan.api.openapi.Description.numberFrom;
import static dev.titan.api.openapi.Description.problem;
import static dev.titan.api.openapi.Description.string;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;

/** The two streams, of which OpenAPI has no words of its own. */
final class StreamDescription {

    private static final String WORDS = " Between the events come passing words (LiveEvent: model_delta,"
            + " attempt_restarted). They look like events without 'id' and 'seq', are in no list, are never repeated and"
            + " may be lost; whoever comes back names the last seq, as if there were none.";

    private StreamDescription() {}

    static Operation socket() {
        return stream()
                .operationId("streamEvents")
                .summary("Follows the events of a task by WebSocket: one event a text message, the same as in the list,"
                        + " without gap or double; closes after the last one. A browser sends its key as the"
                        + " subprotocol 'bearer.<key>'." + WORDS)
                .responses(new ApiResponses()
                        .addApiResponse("101", new ApiResponse().description("The connection is a WebSocket now."))
                        .addApiResponse("default", problem()));
    }

    static Operation sse() {
        Schema<Object> message = new Schema<>();
        message.setOneOf(List.of(
                new Schema<>().$ref("#/components/schemas/EventEnvelope"),
                new Schema<>().$ref("#/components/schemas/LiveEvent")));
        return stream()
                .operationId("streamEventsAsText")
                .summary("Follows the events of a task by server-sent events: the id is the seq, the data is the event"
                        + " as in the list, without gap or double; ends after the last one." + WORDS)
                .addParametersItem(new Parameter()
                        .name("Last-Event-ID")
                        .in("header")
                        .description("The id of the last event already seen; it counts more than 'after'.")
                        .schema(numberFrom(0)))
                .responses(new ApiResponses()
                        .addApiResponse(
                                "200",
                                new ApiResponse()
                                        .description("The stream.")
                                        .content(new Content()
                                                .addMediaType("text/event-stream", new MediaType().schema(message))))
                        .addApiResponse(
                                "204",
                                new ApiResponse().description("The task has ended and there is nothing more to come."))
                        .addApiResponse("default", problem()));
    }

    private static Operation stream() {
        return new Operation()
                .addTagsItem("tasks")
                .addParametersItem(
                        new Parameter().name("id").in("path").required(true).schema(string()))
                .addParametersItem(new Parameter()
                        .name("after")
                        .in("query")
                        .description("The last seq already seen; 0 is the beginning.")
                        .schema(numberFrom(0)));
    }
}
