package org.quicksilver.it.subject;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * gRPC's server on the Netty that it finds, answering with files as {@link ReportServlet} does:
 * {@code <port file> <directory>}. Stops on a line.
 */
public final class GrpcReports {

  /** One name in, one text out. */
  static final MethodDescriptor<String, String> READ =
      method("Read", MethodDescriptor.MethodType.UNARY);

  /** One name in, a text for each word of the file. */
  static final MethodDescriptor<String, String> WORDS =
      method("Words", MethodDescriptor.MethodType.SERVER_STREAMING);

  static final String SERVICE = "Reports";
  private static final int HEADER = 6;

  private final List<FileInputStream> lastOpened = new CopyOnWriteArrayList<>();
  private final Path directory;

  private GrpcReports(Path directory) {
    this.directory = directory;
  }

  /** Serves. */
  public static void main(String[] args) throws Exception {
    GrpcReports reports = new GrpcReports(Path.of(args[1]));
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(reports.service())
            .build();
    server.start();
    PortFile.write(Path.of(args[0]), server.getPort());
    Stdin.await();
    System.out.println("ended: " + server.shutdown().awaitTermination(20, TimeUnit.SECONDS));
  }

  private ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(READ, ServerCalls.asyncUnaryCall(this::read))
        .addMethod(WORDS, ServerCalls.asyncServerStreamingCall(this::words))
        .build();
  }

  private void read(String name, StreamObserver<String> answer) {
    try {
      answer.onNext(report(name));
      answer.onCompleted();
    } catch (IOException e) {
      answer.onError(Status.INVALID_ARGUMENT.withDescription("no report").asException());
    }
  }

  private void words(String name, StreamObserver<String> answers) {
    try {
      for (String word : report(name).split(" ")) {
        answers.onNext(word);
      }
      answers.onCompleted();
    } catch (IOException e) {
      answers.onError(Status.INVALID_ARGUMENT.withDescription("no report").asException());
    }
  }

  private String report(String name) throws IOException {
    FileInputStream in =
        new FileInputStream(directory.resolve(name).toFile()); // the line that leaks
    lastOpened.add(in);
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    if (!text.substring(0, Math.min(HEADER, text.length())).equals("report")) {
      throw new IOException(name);
    }
    in.close();
    lastOpened.remove(in);
    return text;
  }

  private static MethodDescriptor<String, String> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
