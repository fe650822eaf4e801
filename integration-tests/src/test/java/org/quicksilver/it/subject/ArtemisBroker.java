package org.quicksilver.it.subject;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Artemis, durable: {@code <port file> <directory>}. Stops on a line. */
public final class ArtemisBroker {

  private ArtemisBroker() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    int port = freePort();
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration(Path.of(args[1]), port));
    broker.start();
    PortFile.write(Path.of(args[0]), port);
    Stdin.await();
    System.out.println("messages: " + broker.getActiveMQServer().getTotalMessageCount());
    broker.stop();
    System.out.println("started: " + broker.getActiveMQServer().isStarted());
  }

  /** It takes no zero for an answer. */
  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Configuration configuration(Path directory, int port) throws Exception {
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration.setBrokerInstance(directory.toFile());
    return configuration
        .setSecurityEnabled(false)
        .setJournalType(JournalType.NIO)
        .setJournalFileSize(200_000)
        .setJournalMinFiles(2)
        .setJournalDirectory(directory.resolve("journal").toString())
        .setBindingsDirectory(directory.resolve("bindings").toString())
        .setLargeMessagesDirectory(directory.resolve("large").toString())
        .setPagingDirectory(directory.resolve("paging").toString())
        .addAcceptorConfiguration("tcp", "tcp://localhost:" + port + "?useEpoll=false");
  }
}
