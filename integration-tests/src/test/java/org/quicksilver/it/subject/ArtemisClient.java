package org.quicksilver.it.subject;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * Sends and receives durable messages in transactions, small ones and large ones: {@code <port>
 * <queue>}. Prints what it gets to see.
 */
public final class ArtemisClient {

  private static final int MESSAGES = 60;
  private static final int LARGE = 300_000;
  private static final int PATIENCE_MILLIS = 20_000;

  private ArtemisClient() {}

  /** Runs to the end. */
  public static void main(String[] args) throws Exception {
    String url = "tcp://localhost:" + args[0] + "?useEpoll=false";
    try (ServerLocator locator = ActiveMQClient.createServerLocator(url);
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession(false, false)) {
      SimpleString queue = SimpleString.of(args[1]);
      session.createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
      send(session, queue);
      receive(session, queue);
    }
  }

  private static void send(ClientSession session, SimpleString queue) throws Exception {
    try (ClientProducer producer = session.createProducer(queue)) {
      for (int i = 0; i < MESSAGES; i++) {
        ClientMessage message = session.createMessage(true);
        message.getBodyBuffer().writeString("message " + i);
        producer.send(message);
        if (i % 3 == 2) {
          session.rollback();
        } else if (i % 3 == 1) {
          session.commit();
        }
      }
      ClientMessage large = session.createMessage(true);
      large.getBodyBuffer().writeBytes(new byte[LARGE]);
      producer.send(large);
      session.commit();
    }
  }

  private static void receive(ClientSession session, SimpleString queue) throws Exception {
    session.start();
    int received = 0;
    long characters = 0;
    try (ClientConsumer consumer = session.createConsumer(queue)) {
      while (received < MESSAGES * 2 / 3) {
        ClientMessage message = consumer.receive(PATIENCE_MILLIS);
        characters += message.getBodyBuffer().readString().length();
        message.acknowledge();
        received++;
      }
      ClientMessage large = consumer.receive(PATIENCE_MILLIS);
      System.out.println("large: " + large.getBodySize());
      large.acknowledge();
      session.commit();
      System.out.println("received " + received + ", characters " + characters);
      System.out.println("more: " + consumer.receiveImmediate());
    }
  }
}
