package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.tool.EffectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The way from a tool to the airline. A task's desk has the task's id. Thread-safe. */
final class DeskLine {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI airline;

    DeskLine(URI airline) {
        this.airline = airline;
    }

    /** Returns the airline's answer; trouble on the way is thrown, so that the call is made again if it may be. */
    String ask(String tool, Record arguments, EffectId effect, boolean withKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(airline.resolve("/%s/%s".formatted(effect.task(), tool)))
                .header(FarSide.CALLER, effect.toString())
                .POST(HttpRequest.BodyPublishers.ofString(TitanJson.mapper().writeValueAsString(arguments)));
        if (withKey) {
            request.header(FarSide.KEY, effect.toString());
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the airline answered with status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the airline was asked", e);
        }
    }
}
