package org.quicksilver.it.subject;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * One tier of a server. The last one, {@code keep <directory>}, opens a file for each call and
 * keeps it. The one before, {@code forward <directory> <port>}, makes many calls at once for each
 * line of each of its clients, all over the one connection that its channel has, and opens a file
 * for each answer where that comes in.
 */
public final class GrpcTier {

  /** Calls for each line. */
  public static final int CALLS = 10;

  private final List<FileOutputStream> kept = new CopyOnWriteArrayList<>();
  private final String directory;

  private GrpcTier(String directory) {
    this.directory = directory;
  }

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    GrpcTier tier = new GrpcTier(args[1]);
    if (args[0].equals("keep")) {
      tier.serveCalls();
    } else {
      tier.serveLines(
          Grpc.newChannelBuilderForAddress(
                  "localhost", Integer.parseInt(args[2]), InsecureChannelCredentials.create())
              .build());
    }
  }

  private void serveCalls() throws IOException, InterruptedException {
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder(GrpcReports.SERVICE)
                    .addMethod(GrpcReports.READ, ServerCalls.asyncUnaryCall(this::answer))
                    .build())
            .build()
            .start();
    System.out.println("listening on " + server.getPort());
    server.awaitTermination();
  }

  private void answer(String name, StreamObserver<String> answer) {
    keep(name);
    answer.onNext(name);
    answer.onCompleted();
  }

  private void keep(String name) {
    try {
      kept.add(new FileOutputStream(directory + "/" + name));
    } catch (IOException e) {
      System.out.println("failed: " + e);
    }
  }

  private void serveLines(ManagedChannel next) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on " + server.getLocalPort());
      while (true) {
        Socket client = server.accept();
        new Thread(() -> serve(client, next)).start();
      }
    }
  }

  private void serve(Socket client, ManagedChannel next) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        CountDownLatch answered = new CountDownLatch(CALLS);
        for (int i = 0; i < CALLS; i++) {
          call(next, line + "-" + i, answered);
        }
        answered.await();
        client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone.
    }
  }

  private void call(ManagedChannel next, String name, CountDownLatch answered) {
    ClientCalls.asyncUnaryCall(
        next.newCall(GrpcReports.READ, CallOptions.DEFAULT),
        name,
        new StreamObserver<>() {
          @Override
          public void onNext(String answer) {
            keep(answer);
          }

          @Override
          public void onError(Throwable failure) {
            System.out.println("failed: " + failure);
            answered.countDown();
          }

          @Override
          public void onCompleted() {
            answered.countDown();
          }
        });
  }
}
