/**
 * The policy on command lines, decided on what bash would make of the text: a parsed syntax tree whose words are
 * expanded as far as they can be known. It is a signal that catches accidents and plain attacks early and tells the
 * model why; the sandbox is the wall. tree-sitter is used in {@code BashSyntax} only.
 */
@NullMarked
package dev.titan.tools.shell.policy;

import org.jspecify.annotations.NullMarked;
