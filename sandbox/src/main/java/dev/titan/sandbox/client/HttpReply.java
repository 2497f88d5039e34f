package dev.titan.sandbox.client;

/**
 * One answer of the daemon.
 *
 * @param status the HTTP status
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // parsed once; nobody compares replies
record HttpReply(int status, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
