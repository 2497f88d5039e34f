package dev.titan.e2e.airline;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers, the four operations and parentheses, in double precision. */
final class Calculator {

    private static final int DIGITS = 2;

    private final String expression;
    private int at;

    private Calculator(String expression) {
        this.expression = expression.replace(" ", "");
    }

    /** Returns the value, rounded to two digits and printed with at least one. */
    static String value(String expression) {
        if (!expression.matches("[0-9+\\-*/(). ]*")) {
            throw new Refusal("invalid characters in expression");
        }
        Calculator calculator = new Calculator(expression);
        double value = calculator.sum();
        if (calculator.at < calculator.expression.length()) {
            throw new Refusal("invalid syntax");
        }
        BigDecimal rounded =
                new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return (rounded.scale() < 1 ? rounded.setScale(1) : rounded).toPlainString();
    }

    private double sum() {
        double value = product();
        while (true) {
            if (accept('+')) {
                value += product();
            } else if (accept('-')) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = factor();
        while (true) {
            if (accept('*')) {
                value *= factor();
            } else if (accept('/')) {
                double divisor = factor();
                if (divisor == 0) {
                    throw new Refusal("division by zero");
                }
                value /= divisor;
            } else {
                return value;
            }
        }
    }

    private double factor() {
        if (accept('-')) {
            return -factor();
        }
        if (accept('(')) {
            double value = sum();
            if (!accept(')')) {
                throw new Refusal("'(' was never closed");
            }
            return value;
        }
        int from = at;
        while (at < expression.length() && "0123456789.".indexOf(expression.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.parseDouble(expression.substring(from, at));
        } catch (NumberFormatException e) {
            throw new Refusal("invalid syntax");
        }
    }

    private boolean accept(char wanted) {
        if (at < expression.length() && expression.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
