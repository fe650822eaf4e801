package org.quicksilver.it.subject;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;
import org.quicksilver.it.subject.Gateway.Asker;
import reactor.netty.resources.ConnectionProvider;

/**
 * Clients of others, each with a pool of two connections, or one where requests share it. Each in a
 * class of its own: a program has the libraries of one.
 */
final class Askers {

  private static final int CONNECTIONS = 2;

  private Askers() {}

  private static void over(@Nullable Throwable failure, Runnable answered) {
    if (failure != null) {
      System.out.println("failed: " + failure);
    }
    answered.run();
  }

  /** All over one connection. */
  static final class OfGrpc implements Asker {
    private final ManagedChannel channel;

    OfGrpc(int port) {
      channel =
          Grpc.newChannelBuilderForAddress("localhost", port, InsecureChannelCredentials.create())
              .build();
    }

    @Override
    public void ask(String name, Runnable answered) {
      ClientCalls.asyncUnaryCall(
          channel.newCall(GrpcReports.READ, CallOptions.DEFAULT), name, new ToGrpc(answered));
    }
  }

  private record ToGrpc(Runnable answered) implements StreamObserver<String> {
    @Override
    public void onNext(String answer) {}

    @Override
    public void onError(Throwable failure) {
      over(failure, answered);
    }

    @Override
    public void onCompleted() {
      answered.run();
    }
  }

  /** Its pool has no limit; over HTTP/2 requests share a connection. */
  static final class OfJdk implements Asker {
    private final HttpClient client;
    private final String address;

    OfJdk(HttpClient.Builder client, String address) {
      this.client = client.build();
      this.address = address;
    }

    @Override
    public void ask(String name, Runnable answered) {
      client
          .sendAsync(
              HttpRequest.newBuilder(URI.create(address + name)).build(),
              HttpResponse.BodyHandlers.ofString())
          .whenComplete((answer, failure) -> over(failure, answered));
    }
  }

  /** Apache's, version 5. */
  static final class OfApache implements Asker {
    private final CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setMaxConnTotal(CONNECTIONS)
                    .build())
            .build();
    private final String address;

    OfApache(String address) {
      this.address = address;
      client.start();
    }

    @Override
    public void ask(String name, Runnable answered) {
      client.execute(SimpleRequestBuilder.get(address + name).build(), new ToApache(answered));
    }
  }

  private record ToApache(Runnable answered) implements FutureCallback<SimpleHttpResponse> {
    @Override
    public void completed(SimpleHttpResponse answer) {
      answered.run();
    }

    @Override
    public void failed(Exception failure) {
      over(failure, answered);
    }

    @Override
    public void cancelled() {
      over(new IllegalStateException("cancelled"), answered);
    }
  }

  /** Whoever has an answer starts the next that waits. */
  static final class OfOkHttp implements Asker {
    private final OkHttpClient client;
    private final String address;

    OfOkHttp(String address) {
      this.address = address;
      Dispatcher dispatcher = new Dispatcher();
      dispatcher.setMaxRequestsPerHost(CONNECTIONS);
      client = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    /** Over TLS it speaks HTTP/2. */
    OfOkHttp(String address, String store) throws GeneralSecurityException, IOException {
      this.address = address;
      client =
          new OkHttpClient.Builder()
              .sslSocketFactory(Tls.context(store).getSocketFactory(), Tls.trusted(store))
              .build();
    }

    @Override
    public void ask(String name, Runnable answered) {
      client
          .newCall(new Request.Builder().url(address + name).build())
          .enqueue(new ToOkHttp(answered));
    }
  }

  private record ToOkHttp(Runnable answered) implements Callback {
    @Override
    public void onFailure(Call call, IOException failure) {
      over(failure, answered);
    }

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
      answered.run();
    }
  }

  /** Answers are read by its pool. */
  static final class OfJetty implements Asker {
    private final org.eclipse.jetty.client.HttpClient client =
        new org.eclipse.jetty.client.HttpClient();
    private final String address;

    OfJetty(String address) throws Exception {
      this.address = address;
      client.setMaxConnectionsPerDestination(CONNECTIONS);
      client.start();
    }

    @Override
    public void ask(String name, Runnable answered) {
      client.newRequest(address + name).send(result -> over(result.getFailure(), answered));
    }
  }

  /** Its loops write the next request while they read an answer, and flush it later. */
  static final class OfVertx implements Asker {
    private final io.vertx.core.http.HttpClient client =
        Vertx.vertx().createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
    private final int port;

    OfVertx(int port) {
      this.port = port;
    }

    @Override
    public void ask(String name, Runnable answered) {
      client
          .request(HttpMethod.GET, port, "127.0.0.1", "/" + name)
          .compose(request -> request.send().compose(response -> response.body()))
          .onComplete(answer -> over(answer.cause(), answered));
    }
  }

  /** Whoever gives a connection back gives it to the next. */
  static final class OfReactor implements Asker {
    private final reactor.netty.http.client.HttpClient client =
        reactor.netty.http.client.HttpClient.create(
            ConnectionProvider.builder("few")
                .maxConnections(CONNECTIONS)
                .pendingAcquireMaxCount(-1)
                .build());
    private final String address;

    OfReactor(String address) {
      this.address = address;
    }

    @Override
    public void ask(String name, Runnable answered) {
      client
          .get()
          .uri(address + name)
          .responseContent()
          .aggregate()
          .asString()
          .subscribe(text -> {}, failure -> over(failure, answered), () -> over(null, answered));
    }
  }
}
