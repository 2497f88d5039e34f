package dev.titan.contracts.json;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.ByteArrayPayloadConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.Jackson3JsonPayloadConverter;
import io.temporal.common.converter.NullPayloadConverter;
import io.temporal.common.converter.PayloadConverter;
import io.temporal.failure.ApplicationFailure;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * How values enter Temporal's history: as {@link TitanJson}, and never more than {@value #PAYLOAD_BYTES_MAX} bytes of
 * it. A larger one fails before the command is issued, because the server would otherwise let the workflow task fail
 * for ever.
 */
public final class TitanDataConverter {

    /** Ids and short descriptors fit in a tenth of this; a transcript or an output does not. */
    public static final int PAYLOAD_BYTES_MAX = 16 * 1024;

    private TitanDataConverter() {}

    /** Returns the converter for every client and worker. Thread-safe. */
    public static DataConverter create() {
        return new DefaultDataConverter(
                new NullPayloadConverter(),
                new ByteArrayPayloadConverter(),
                new SmallPayloads(new Jackson3JsonPayloadConverter(TitanJson.mapper())));
    }

    private record SmallPayloads(PayloadConverter json) implements PayloadConverter {

        @Override
        public String getEncodingType() {
            return json.getEncodingType();
        }

        @Override
        public Optional<Payload> toData(Object value) {
            Optional<Payload> payload = json.toData(value);
            payload.map(data -> data.getData().size())
                    .filter(size -> size > PAYLOAD_BYTES_MAX)
                    .ifPresent(size -> {
                        throw ApplicationFailure.newNonRetryableFailure(
                                "%s takes %d bytes; Temporal's history takes %d a value. Keep it in the store and pass its id."
                                        .formatted(value.getClass().getName(), size, PAYLOAD_BYTES_MAX),
                                "PAYLOAD_TOO_LARGE");
                    });
            return payload;
        }

        @Override
        public <T> T fromData(Payload content, Class<T> valueClass, Type valueType) {
            return json.fromData(content, valueClass, valueType);
        }
    }
}
