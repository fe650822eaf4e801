package org.quicksilver.it.subject;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a gRPC channel to {@link GrpcReports}. Each line of standard input is a report to read;
 * prints its name and what came: {@code <port>}. Ends with its input.
 */
public final class GrpcFriend {

  private GrpcFriend() {}

  /** Stays until its input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "localhost", Integer.parseInt(args[0]), InsecureChannelCredentials.create())
            .build();
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      System.out.println("connected");
      for (String path = in.readLine(); path != null; path = in.readLine()) {
        System.out.println(
            "answered " + path + " " + answer(channel, path.substring(path.lastIndexOf('/') + 1)));
      }
    }
    System.out.println("ended: " + channel.shutdown().awaitTermination(20, TimeUnit.SECONDS));
  }

  private static String answer(ManagedChannel channel, String name) {
    try {
      String text =
          ClientCalls.blockingUnaryCall(channel, GrpcReports.READ, CallOptions.DEFAULT, name);
      Iterator<String> words =
          ClientCalls.blockingServerStreamingCall(
              channel, GrpcReports.WORDS, CallOptions.DEFAULT, name);
      int number = 0;
      for (; words.hasNext(); words.next()) {
        number++;
      }
      return text + ", words: " + number;
    } catch (StatusRuntimeException e) {
      return e.getStatus().toString();
    }
  }
}
