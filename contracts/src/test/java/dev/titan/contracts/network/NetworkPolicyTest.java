package dev.titan.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.titan.contracts.json.TitanJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkPolicyTest {

    @Test
    void keepsItsNamesInJson() {
        goldenJson(new NetworkPolicy.Isolated(), "{\"type\":\"isolated\"}");
        goldenJson(new NetworkPolicy.ProxyOnly(List.of(443, 80), EgressLimits.DEFAULT), """
                {"type":"proxy_only","ports":[80,443],
                 "limits":{"max_bytes_up":67108864,"max_bytes_down":2147483648,"max_connections":64,"max_idle_seconds":60}}""");
        goldenJson(
                new NetworkPolicy.Restricted(
                        List.of(HostPattern.parse("*.example.com"), HostPattern.parse("api.example.org:8443")),
                        NetworkPolicy.WEB_PORTS,
                        new EgressLimits(1, 2, 3, 4)),
                """
                {"type":"restricted","hosts":["*.example.com","api.example.org:8443"],"ports":[80,443],
                 "limits":{"max_bytes_up":1,"max_bytes_down":2,"max_connections":3,"max_idle_seconds":4}}""");
    }

    @Test
    void cannotBeMadeWithoutHostsOrWithWrongPorts() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new NetworkPolicy.Restricted(List.of(), NetworkPolicy.WEB_PORTS, EgressLimits.DEFAULT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkPolicy.ProxyOnly(List.of(0), EgressLimits.DEFAULT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkPolicy.ProxyOnly(List.of(), EgressLimits.DEFAULT));
    }

    private static void goldenJson(NetworkPolicy policy, String json) {
        var mapper = TitanJson.mapper();
        assertThat(mapper.readTree(mapper.writeValueAsString(policy))).isEqualTo(mapper.readTree(json));
        assertThat(mapper.readValue(json, NetworkPolicy.class)).isEqualTo(policy);
    }
}
