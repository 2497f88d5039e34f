package dev.titan.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code /openapi.json}. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    @Bean
    OpenAPI titanOpenApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Titan")
                        .version("1")
                        .description("A durable backend for autonomous agents.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
    }
}
