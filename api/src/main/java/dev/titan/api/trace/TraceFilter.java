package dev.titan.api.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request a trace: for its log lines, its tasks and its answer. */
public final class TraceFilter extends OncePerRequestFilter {

    /** The name of the trace on log lines. */
    public static final String MDC_TRACE = "trace_id";

    /** The name of the task on log lines. */
    public static final String MDC_TASK = "task_id";

    private static final String HEADER = "traceparent";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        TraceId trace = TraceId.from(request.getHeader(HEADER));
        request.setAttribute(TraceId.ATTRIBUTE, trace);
        response.setHeader(HEADER, trace.traceparent());
        MDC.put(MDC_TRACE, trace.value());
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(MDC_TRACE);
            MDC.remove(MDC_TASK);
        }
    }
}
