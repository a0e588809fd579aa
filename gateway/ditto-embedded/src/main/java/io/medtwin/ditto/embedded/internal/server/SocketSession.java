package io.medtwin.ditto.embedded.internal.server;

import io.medtwin.ditto.embedded.internal.protocol.Envelopes;
import io.medtwin.ditto.embedded.internal.protocol.Incoming;
import io.medtwin.ditto.embedded.internal.protocol.Subscription;
import io.medtwin.ditto.embedded.internal.twins.Caller;
import io.medtwin.ditto.embedded.internal.twins.Change;
import io.medtwin.ditto.embedded.internal.twins.Reply;
import io.medtwin.ditto.embedded.internal.twins.Twins;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: envelopes and subscription messages in, answers and events out. Runs on the
 * socket's event loop.
 */
final class SocketSession extends SimpleChannelInboundHandler<TextWebSocketFrame> {
  private static final String START_EVENTS = "START-SEND-EVENTS";
  private static final String STOP_EVENTS = "STOP-SEND-EVENTS";

  private final Twins twins;
  private final Commands commands;
  private final Tally tally;
  private final Caller caller;
  private final AuthorizationContext who;
  private final int outboundMax;
  private final int inWorkMax;
  private final Consumer<Change> onChange = this::changed;
  private int inWork;
  private @Nullable Outbound outbound;
  private volatile @Nullable Subscription subscription;

  SocketSession(
      Twins twins, Commands commands, Tally tally, String subject, int outboundMax, int inWorkMax) {
    this.twins = twins;
    this.commands = commands;
    this.tally = tally;
    this.caller = new Caller(subject, this);
    this.who = caller.authorization();
    this.outboundMax = outboundMax;
    this.inWorkMax = inWorkMax;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    outbound = new Outbound(context.channel(), outboundMax, tally);
    twins.listen(onChange);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    twins.unlisten(onChange);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
    String text = frame.text();
    if (text.startsWith("{")) {
      envelope(context, text);
    } else {
      message(context, text);
    }
  }

  private void envelope(ChannelHandlerContext context, String text) {
    Adaptable adaptable;
    try {
      adaptable = Envelopes.parse(text);
    } catch (DittoRuntimeException e) {
      commands.answered(e.getHttpStatus().getCode());
      context.writeAndFlush(new TextWebSocketFrame(Envelopes.error(null, e)));
      return;
    }
    if (!Envelopes.isAnswered(adaptable)) {
      taken(context, adaptable);
      return;
    }
    Answering answering = new Answering(context, adaptable);
    entered(context);
    commands.run(answering::command, caller, context.executor(), answering);
  }

  /**
   * Events, acknowledgements and answers: nobody here waits for them, but a malformed one is told
   * so.
   */
  private void taken(ChannelHandlerContext context, Adaptable adaptable) {
    try {
      Envelopes.command(adaptable);
    } catch (DittoRuntimeException e) {
      commands.answered(e.getHttpStatus().getCode());
      context.writeAndFlush(new TextWebSocketFrame(Envelopes.error(adaptable.getTopicPath(), e)));
    }
  }

  private void entered(ChannelHandlerContext context) {
    inWork++;
    if (inWork >= inWorkMax) {
      context.channel().config().setAutoRead(false); // TCP tells the client to wait
    }
  }

  private void left(ChannelHandlerContext context) {
    inWork--;
    if (inWork < inWorkMax) {
      context.channel().config().setAutoRead(true);
    }
  }

  private void message(ChannelHandlerContext context, String text) {
    QueryStringDecoder message = new QueryStringDecoder(text);
    String name = message.path();
    if (name.equals(START_EVENTS)) {
      try {
        subscription = subscription(message);
      } catch (DittoRuntimeException e) {
        commands.answered(e.getHttpStatus().getCode());
        context.writeAndFlush(new TextWebSocketFrame(Envelopes.error(null, e)));
        return;
      }
    } else if (name.equals(STOP_EVENTS)) {
      subscription = null;
    } else if (name.equals("JWT-TOKEN")) {
      return; // basic auth does not expire
    } else if (!name.startsWith("START-SEND-") && !name.startsWith("STOP-SEND-")) {
      envelope(context, text); // answered as the malformed JSON it is
      return;
    }
    context.writeAndFlush(new TextWebSocketFrame(name + ":ACK"));
  }

  private static Subscription subscription(QueryStringDecoder message) {
    return new Subscription(
        first(message, "filter"),
        first(message, "namespaces")
            .map(names -> Arrays.asList(names.split(",")))
            .orElse(List.of()),
        first(message, "extraFields"));
  }

  private static Optional<String> first(QueryStringDecoder message, String name) {
    return Optional.ofNullable(message.parameters().get(name)).map(List::getFirst);
  }

  /** Called on whatever thread brought the change, in order; writes, never waits. */
  private void changed(Change change) {
    Subscription wanted = subscription;
    Outbound out = outbound;
    if (wanted == null || out == null || change.caller().session() == this) {
      return;
    }
    wanted
        .of(change, who)
        .ifPresent(
            sight -> {
              if (out.enter()) {
                out.send(new TextWebSocketFrame(Envelopes.event(sight)));
              }
            });
  }

  /** The one answer to one command. */
  private final class Answering implements Commands.Outcome {
    private final ChannelHandlerContext context;
    private final Adaptable adaptable;
    private @Nullable Incoming incoming;

    Answering(ChannelHandlerContext context, Adaptable adaptable) {
      this.context = context;
      this.adaptable = adaptable;
    }

    Signal<?> command() {
      incoming = Envelopes.command(adaptable);
      return incoming.command();
    }

    @Override
    public void replied(Reply reply) {
      Incoming asked = incoming;
      boolean wanted = adaptable.getDittoHeaders().isResponseRequired();
      finish(asked != null && wanted ? Envelopes.reply(asked, reply) : null);
    }

    @Override
    public void acknowledged(Acknowledgements acks) {
      finish(Envelopes.acknowledgements(acks));
    }

    @Override
    public void refused(DittoRuntimeException error) {
      TopicPath topic = adaptable.getTopicPath();
      finish(
          adaptable.getDittoHeaders().isResponseRequired() ? Envelopes.error(topic, error) : null);
    }

    private void finish(@Nullable String text) {
      if (text == null) {
        left(context);
        return;
      }
      ChannelFuture written = context.writeAndFlush(new TextWebSocketFrame(text));
      written.addListener((ChannelFutureListener) future -> left(context));
    }
  }
}
