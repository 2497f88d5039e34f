package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;

/** The addresses where clouds hand out credentials are out of reach, at once and not after a time-out. */
final class NoMetadata implements Probe {

    /** Of AWS, Google, Azure and most others; of AWS' containers; of Alibaba; of AWS by IPv6. */
    private static final List<String> ADDRESSES =
            List.of("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254");

    private static final int HTTP = 80;

    @Override
    public String name() {
        return "no_metadata_service";
    }

    @Override
    public String checks() {
        return "the addresses of clouds' metadata services are unreachable";
    }

    @Override
    public Verdict run() throws IOException {
        List<String> reachable = new ArrayList<>();
        for (String address : ADDRESSES) {
            if (isTried(new InetSocketAddress(InetAddress.ofLiteral(address), HTTP))) {
                reachable.add(address + " is tried");
            }
        }
        return Verdict.none(reachable, "unreachable at once");
    }

    /** A connection under way, or refused by somebody, means that packets leave. */
    private static boolean isTried(InetSocketAddress address) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(address);
            return true;
        } catch (UnsupportedAddressTypeException noSuchProtocol) {
            return false;
        } catch (IOException unreachable) {
            return !String.valueOf(unreachable.getMessage()).contains("unreachable")
                    && !String.valueOf(unreachable.getMessage()).contains("assign requested address");
        }
    }
}
