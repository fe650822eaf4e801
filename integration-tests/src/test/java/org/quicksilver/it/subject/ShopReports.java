package org.quicksilver.it.subject;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;

/** A channel to {@link GrpcReports}, kept for all requests. */
final class ShopReports implements Shop.Store {

  private static final int PATIENCE_SECONDS = 20;

  private final ManagedChannel channel;

  ShopReports(String port) {
    channel =
        NettyChannelBuilder.forAddress("localhost", Integer.parseInt(port)).usePlaintext().build();
  }

  @Override
  public String serve() {
    return ClientCalls.blockingUnaryCall(
        channel, GrpcReports.READ, CallOptions.DEFAULT, "good.txt");
  }

  @Override
  public void close() throws InterruptedException {
    System.out.println(channel.shutdown().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }
}
