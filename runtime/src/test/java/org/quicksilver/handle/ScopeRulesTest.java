package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeRulesTest {

  private final ScopeRules rules = ScopeRules.builtIn();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.zaxxer.hikari.pool.PoolBase.newConnection(PoolBase.java:362)",
        "java.util.ServiceLoader$LazyClassPathLookupIterator.parse(ServiceLoader.java:1172)",
        "jdk.internal.loader.URLClassPath$JarLoader.getJarFile(URLClassPath.java:744)",
        "java.util.logging.FileHandler.open(FileHandler.java:510)",
        "sun.net.www.http.HttpClient.openServer(HttpClient.java:531)",
        "io.grpc.netty.NettyClientTransport.start(NettyClientTransport.java:270)",
        "org.apache.zookeeper.ClientCnxnSocketNIO.createSock(ClientCnxnSocketNIO.java:251)",
        "org.apache.activemq.artemis.core.io.nio.NIOSequentialFile.open(NIOSequentialFile.java:91)",
        "org.apache.derby.impl.services.stream.SingleStream.makeFileHPW(SingleStream.java:205)",
      })
  void aFrameOfAPoolOrALoaderMakesTheHandleShared(String frame) {
    assertTrue(rules.isShared(HandleKind.SOCKET, frame));
    assertTrue(
        rules.isShared(
            HandleKind.SOCKET,
            "java.io.FileInputStream.<init>(FileInputStream.java:158)\n"
                + frame
                + "\na.B.c(D.java:1)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "legacy.FileSession.serve(FileSession.java:80)",
        "my.com.zaxxer.hikari.Fake.x(Fake.java:1)",
        "com.zaxxer.hikariesque.A.b(A.java:1)",
        "java.lang.ClassLoaders.x(ClassLoaders.java:1)",
      })
  void otherFramesDoNot(String frame) {
    assertFalse(rules.isShared(HandleKind.FILE, frame));
  }

  @Test
  void withoutAStackNothingIsShared() {
    assertFalse(rules.isShared(HandleKind.FILE, ""));
  }

  @Test
  void commentsOfTheListAreNoRules() {
    assertFalse(rules.isShared(HandleKind.FILE, "# Log appenders"));
    assertFalse(rules.isShared(HandleKind.FILE, "Log appenders"));
  }

  @Test
  void rulesOfTheUserAreAddedToThoseThatComeAlong(@TempDir Path home) throws IOException {
    Path file = home.resolve("scope.rules");
    assertFalse(rules.and(file).isShared(HandleKind.FILE, "shop.Cache.fill(Cache.java:1)"));
    Files.writeString(file, "# ours\nshop.Cache.  # filled once\n*Singleton\n");
    ScopeRules all = rules.and(file);
    assertEquals(
        Optional.of("shop.Cache."),
        all.rule(HandleKind.FILE, "java.io.X.y(X.java)\nshop.Cache.fill(Cache.java:1)"));
    assertTrue(all.isShared(HandleKind.FILE, "shop.MenuSingleton.get(MenuSingleton.java:2)"));
    assertTrue(
        all.isShared(
            HandleKind.FILE, "com.zaxxer.hikari.pool.PoolBase.newConnection(PoolBase.java:362)"));
    assertFalse(all.isShared(HandleKind.FILE, "shop.Cart.load(Cart.java:31)"));
  }

  @Test
  void whatALoopWaitsWithIsSharedAndWhatItsHandlersOpenIsNot() {
    String loop = "io.netty.channel.nio.NioEventLoop.run(NioEventLoop.java:596)";
    String selector = "sun.nio.ch.EPollSelectorImpl.<init>(EPollSelectorImpl.java:84)\n";
    String handler = "shop.Handler.channelRead(Handler.java:7)\n";
    assertTrue(
        rules.isShared(
            HandleKind.SELECTOR,
            selector
                + "io.netty.channel.nio.NioEventLoop.openSelector(NioEventLoop.java:168)\n"
                + handler
                + loop));
    assertFalse(rules.isShared(HandleKind.SELECTOR, selector + handler + loop));
    assertFalse(
        rules.isShared(
            HandleKind.FILE, "java.io.FileOutputStream.open(X.java:1)\n" + handler + loop));
    assertFalse(
        rules.isShared(
            HandleKind.SOCKET,
            "sun.nio.ch.ServerSocketChannelImpl.finishAccept(X.java:1)\n" + loop));
  }

  @Test
  void connectionsOfAnHttpClientAreSharedAndWhatItsSubscribersOpenIsNot() {
    String client = "jdk.internal.net.http.PlainHttpConnection.<init>(X.java:1)";
    assertTrue(rules.isShared(HandleKind.SOCKET, "java.nio.channels.X.open(X.java)\n" + client));
    assertFalse(
        rules.isShared(
            HandleKind.FILE,
            "java.io.X.open(X.java)\n"
                + "jdk.internal.net.http.ResponseSubscribers$PathSubscriber.onSubscribe(X.java:1)"));
  }

  @Test
  void aTlsConnectionIsNotTheProcessesBecauseTlsIsOfTheJdk() {
    String stack =
        "java.net.Socket.connect(Socket.java:633)\n"
            + "sun.security.ssl.SSLSocketImpl.connect(SSLSocketImpl.java:304)\n"
            + "shop.Bank.dial(Bank.java:2)";
    assertFalse(rules.isShared(HandleKind.SOCKET, stack));
    assertTrue(rules.isShared(HandleKind.FILE, stack));
  }

  @Test
  void kindThatIsNoneIsAnError(@TempDir Path home) throws IOException {
    Path file = Files.writeString(home.resolve("scope.rules"), "sockets: by shop.Loop\n");
    IOException e = assertThrows(IOException.class, () -> rules.and(file));
    assertTrue(e.getMessage().contains("unknown kind of handle 'sockets'"), e::getMessage);
  }

  @Test
  void fileThatCannotBeReadIsAnError(@TempDir Path home) {
    assertThrows(IOException.class, () -> rules.and(home));
  }

  @Test
  void lineInAnotherEncodingIsNoReasonToForgetTheOthers(@TempDir Path home) throws IOException {
    String latin = "m\u00fcller.Log\nshop.Loop\n";
    Path file = Files.writeString(home.resolve("scope.rules"), latin, StandardCharsets.ISO_8859_1);
    assertTrue(rules.and(file).isShared(HandleKind.FILE, "shop.Loop.run(Loop.java:1)"));
  }
}
