package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Path;
import org.quicksilver.it.subject.GrpcFriend;
import org.quicksilver.it.subject.GrpcReports;
import org.quicksilver.it.subject.HttpFriend;
import org.quicksilver.it.subject.JettyFiles;
import org.quicksilver.it.subject.TomcatFiles;
import org.quicksilver.it.subject.UndertowFiles;

/** Servers that were not written for us, each with a client that keeps its connection. */
enum RealServer {
  /** A pool of its own, tasks handed from thread to thread. */
  JETTY(JettyFiles.class, HttpFriend.class, "ReportServlet", "jetty-", "jakarta.", "slf4j-"),
  /** One thread accepts, one selects, a pool works. */
  TOMCAT(TomcatFiles.class, HttpFriend.class, "ReportServlet", "tomcat-"),
  /** Loops accept, select and read, a pool works. */
  UNDERTOW(
      UndertowFiles.class,
      HttpFriend.class,
      "UndertowFiles",
      "undertow-",
      "xnio-",
      "jboss-",
      "wildfly-"),
  /** Netty's loops read, a pool works, streams share a connection. */
  GRPC(
      GrpcReports.class,
      GrpcFriend.class,
      "GrpcReports",
      "grpc-netty-1",
      "netty-",
      "grpc-api-",
      "grpc-context-",
      "grpc-core-",
      "grpc-stub-",
      "grpc-util-",
      "guava-",
      "failureaccess-",
      "perfmark-"),
  /** The same with a Netty of gRPC's own, which opens its sockets without the JDK. */
  GRPC_SHADED(
      GrpcReports.class,
      GrpcFriend.class,
      "GrpcReports",
      "grpc-netty-shaded-",
      "grpc-api-",
      "grpc-context-",
      "grpc-core-",
      "grpc-stub-",
      "grpc-util-",
      "guava-",
      "failureaccess-",
      "perfmark-");

  private final Class<?> main;
  private final Class<?> friend;
  private final String culprit;
  private final String[] libraries;

  RealServer(Class<?> main, Class<?> friend, String culprit, String... libraries) {
    this.main = main;
    this.friend = friend;
    this.culprit = culprit;
    this.libraries = libraries;
  }

  /** How the names of the jars begin that it needs. */
  String[] libraries() {
    return libraries.clone();
  }

  /** Answers requests for {@code /reports/NAME} with that file of the directory. */
  JavaProgram server(Jdk jdk, Path portFile, Path files) {
    return JavaProgram.of(jdk, main).libraries(libraries).arguments(portFile, files);
  }

  /** A client that prints {@code answered} and the request for each line it is told. */
  JavaProgram friend(Jdk jdk, String port) {
    JavaProgram program = JavaProgram.of(jdk, friend).quick().arguments(port);
    return friend == GrpcFriend.class ? program.libraries(libraries) : program;
  }

  /** Where what is no report is opened and never closed: file and line. */
  String lineThatLeaks() throws IOException {
    return Source.lineOf(culprit, "// the line that leaks").replaceAll("[()]", "");
  }
}
