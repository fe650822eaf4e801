package org.quicksilver.it.subject;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Opens a file for each gRPC call and keeps it: {@code <directory>}. */
public final class GrpcKeeper {

  private GrpcKeeper() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    List<FileOutputStream> kept = new CopyOnWriteArrayList<>();
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder(GrpcReports.SERVICE)
                    .addMethod(
                        GrpcReports.READ,
                        ServerCalls.asyncUnaryCall(
                            (name, answer) -> {
                              try {
                                kept.add(new FileOutputStream(args[0] + "/" + name));
                              } catch (IOException e) {
                                System.out.println("failed: " + e);
                              }
                              answer.onNext(name);
                              answer.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    System.out.println("listening on " + server.getPort());
    server.awaitTermination();
  }
}
