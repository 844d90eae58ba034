//! The questions, one after the other on one connection, which is made anew when the broker ended it.

use crate::line::Line;
use hubscope_model::{BrokerFeature as F, FeatureResult, Text, text};
use hubscope_mqtt::{ConnectProperties, Options, Publish, Subscription};
use std::time::Instant;

/// Payloads that are tried, in bytes.
const PAYLOADS: [usize; 5] = [1 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20];
/// Room for the largest of them with its topic.
pub(super) const LARGEST_PACKET: u32 = 2 << 20;
/// Messages of a round trip.
const TRIPS: u32 = 20;
/// Seconds that a session is asked to be kept.
const EXPIRY: u32 = 3600;
const IDENTIFIER: u32 = 7;

pub(super) struct Checks {
    options: Options,
    /// Topics of this run are below it.
    base: String,
    line: Option<Line>,
    /// Topics whose retained message is to be removed.
    retained: Vec<String>,
    /// A client id whose session may be kept.
    kept: Option<String>,
}

type Found = Result<FeatureResult, Text>;

impl Checks {
    pub fn new(options: Options, prefix: &str) -> Self {
        let base = format!("{}/{}", prefix.trim_end_matches('/'), options.client_id);
        Self { options, base, line: None, retained: Vec::new(), kept: None }
    }

    /// Finds one thing out.
    pub async fn look(&mut self, feature: F) -> FeatureResult {
        let found = match feature {
            F::Connect => self.line().await.map(|_| FeatureResult::Works),
            F::GrantedQos => self.granted_qos().await,
            F::AssignedClientId => self.assigned_client_id().await,
            F::SingleLevelWildcard => self.filter("one/+/x", "one/a/x").await,
            F::MultiLevelWildcard => self.filter("many/#", "many/a/b").await,
            F::SharedSubscriptions => self.shared().await,
            F::SubscriptionIdentifiers => self.identifiers().await,
            F::Retained => self.retained().await,
            F::TopicAlias => self.topic_alias().await,
            F::LargestPayload => self.largest_payload().await,
            F::SessionExpiry => self.session_expiry().await,
            F::RoundTripQos0 => self.round_trip(0).await,
            F::RoundTripQos1 => self.round_trip(1).await,
            F::RoundTripQos2 => self.round_trip(2).await,
            F::MaximumQos | F::MaximumPacketSize | F::ReceiveMaximum | F::TopicAliasMaximum | F::ServerKeepAlive => {
                self.announced(feature).await
            }
        };
        match found {
            Ok(result) => result,
            Err(reason) => {
                self.hang_up().await;
                FeatureResult::Fails { reason }
            }
        }
    }

    /// A broker that did not like something may end the connection only in the middle of the next check; so that has one
    /// of its own.
    async fn hang_up(&mut self) {
        if let Some(line) = self.line.take() {
            line.close().await;
        }
    }

    /// Removes what the test left at the broker; answers the topics where that failed.
    pub async fn clean_up(mut self) -> Vec<String> {
        let mut left = Vec::new();
        for topic in std::mem::take(&mut self.retained) {
            // A broker that takes no retained message takes no removal of one either.
            if self.publish(&topic, Vec::new(), 1, true).await.is_err() && self.is_stored(&topic).await {
                left.push(topic);
            }
        }
        if let Some(client_id) = self.kept.take() {
            let forget = Options { client_id: client_id.clone(), ..self.options.clone() };
            match Line::open(forget).await {
                Ok(line) => line.close().await,
                Err(_) => left.push(format!("session {client_id}")),
            }
        }
        self.hang_up().await;
        left
    }

    /// The connection, made anew if the broker ended it.
    async fn line(&mut self) -> Result<&Line, Text> {
        if self.line.as_ref().is_none_or(|line| !line.is_up()) {
            self.line = Some(Line::open(self.options.clone()).await?);
        }
        self.line.as_ref().ok_or_else(|| text!("no connection"))
    }

    async fn publish(&mut self, topic: &str, payload: Vec<u8>, qos: u8, retain: bool) -> Result<(), Text> {
        let line = self.line().await?;
        let qos = qos.min(line.terms().maximum_qos);
        let message = Publish { topic: topic.to_owned(), payload: payload.into(), qos, retain, ..Publish::default() };
        Ok(line.publish(message).await?)
    }

    /// Whether who subscribes now gets a message, or nobody can say.
    async fn is_stored(&self, topic: &str) -> bool {
        let client_id = format!("{}-look", self.options.client_id);
        let Ok(line) = Line::open(Options { client_id, ..self.options.clone() }).await else { return true };
        let found = match line.subscribe(topic, 0).await {
            Ok(_) => line.message(topic, 1).await.is_ok(),
            Err(_) => true,
        };
        line.close().await;
        found
    }

    fn topic(&self, rest: &str) -> String {
        format!("{}/{rest}", self.base)
    }

    async fn granted_qos(&mut self) -> Found {
        let topic = self.topic("qos");
        let line = self.line().await?;
        let mut refused = text!("the broker gave no reason");
        for qos in [2, 1, 0] {
            match line.subscribe(&topic, qos).await {
                Ok(granted) => return Ok(FeatureResult::Value { value: granted.into() }),
                Err(reason) => refused = reason.into(),
            }
        }
        Err(refused)
    }

    /// A client without an id is given one, or at least let in.
    async fn assigned_client_id(&mut self) -> Found {
        let line = Line::open(Options { client_id: String::new(), ..self.options.clone() }).await?;
        line.close().await;
        Ok(FeatureResult::Works)
    }

    /// A message on `topic` comes by `filter`.
    async fn filter(&mut self, filter: &str, topic: &str) -> Found {
        let (filter, topic) = (self.topic(filter), self.topic(topic));
        self.line().await?.subscribe(&filter, 0).await?;
        self.publish(&topic, b"x".to_vec(), 0, false).await?;
        self.line().await?.message(&topic, 1).await?;
        Ok(FeatureResult::Works)
    }

    async fn shared(&mut self) -> Found {
        let topic = self.topic("shared");
        let line = self.line().await?;
        if !line.terms().shared_subscriptions {
            return Err(text!("the server says that it has none"));
        }
        line.subscribe(&format!("$share/hubscope/{topic}"), 0).await?;
        self.publish(&topic, b"x".to_vec(), 0, false).await?;
        self.line().await?.message(&topic, 1).await?;
        Ok(FeatureResult::Works)
    }

    async fn identifiers(&mut self) -> Found {
        let topic = self.topic("identified");
        let line = self.line().await?;
        if !line.terms().subscription_identifiers {
            return Err(text!("the server says that it has none"));
        }
        line.subscribe(&topic, Subscription { identifier: Some(IDENTIFIER), ..Subscription::default() }).await?;
        self.publish(&topic, b"x".to_vec(), 0, false).await?;
        let message = self.line().await?.message(&topic, 1).await?;
        let expected = IDENTIFIER.to_string();
        let came = message.properties.iter().any(|property| property.value == expected);
        if came { Ok(FeatureResult::Works) } else { Err(text!("the message came without it")) }
    }

    /// A retained message comes to who subscribes later.
    async fn retained(&mut self) -> Found {
        let topic = self.topic("retained");
        // Before it is sent: whatever comes of it, it is removed.
        self.retained.push(topic.clone());
        self.publish(&topic, b"kept".to_vec(), 1, true).await?;
        let line = self.line().await?;
        line.subscribe(&topic, 0).await?;
        let message = line.message(&topic, 1).await?;
        if message.retain { Ok(FeatureResult::Works) } else { Err(text!("it came without the retain flag")) }
    }

    async fn topic_alias(&mut self) -> Found {
        if self.line().await?.terms().topic_alias_maximum == 0 {
            return Err(text!("the server takes none"));
        }
        let topic = self.topic("alias");
        let properties = ConnectProperties { use_topic_aliases: true, ..ConnectProperties::default() };
        let client_id = format!("{}-alias", self.options.client_id);
        let line = Line::open(Options { properties, client_id, ..self.options.clone() }).await?;
        line.subscribe(&topic, 0).await?;
        for _ in 0..2 {
            let message = Publish { topic: topic.clone(), payload: b"x".as_slice().into(), ..Publish::default() };
            line.publish(message).await?;
        }
        let both = line.message(&topic, 2).await;
        line.close().await;
        both?;
        Ok(FeatureResult::Works)
    }

    async fn largest_payload(&mut self) -> Found {
        let topic = self.topic("large");
        let mut largest = None;
        for (place, size) in PAYLOADS.into_iter().enumerate() {
            let tried = async {
                let line = self.line().await?;
                let has_subscribed = place > 0 && largest.is_some();
                if !has_subscribed {
                    line.subscribe(&topic, 0).await?;
                }
                self.publish(&topic, vec![b'x'; size], 1, false).await?;
                let arrived = self.line().await?.message(&topic, place + 1).await;
                arrived.map_err(Text::from)
            };
            match tried.await {
                Ok(_) => largest = Some(size as u64),
                Err(reason) => {
                    self.hang_up().await;
                    return largest.map(|value| FeatureResult::Value { value }).ok_or(reason);
                }
            }
        }
        Ok(FeatureResult::AtLeast { value: largest.unwrap_or_default() })
    }

    /// What the server makes of a session that is to be kept for an hour; it is taken away again at the end.
    async fn session_expiry(&mut self) -> Found {
        let client_id = format!("{}-kept", self.options.client_id);
        self.kept = Some(client_id.clone());
        let properties = ConnectProperties { session_expiry: Some(EXPIRY), ..ConnectProperties::default() };
        let line = Line::open(Options { client_id, properties, ..self.options.clone() }).await?;
        let granted = line.terms().session_expiry.unwrap_or(EXPIRY);
        line.close().await;
        Ok(FeatureResult::Value { value: granted.into() })
    }

    async fn announced(&mut self, feature: F) -> Found {
        let terms = self.line().await?.terms();
        let figure = |value: Option<u64>| value.map_or(FeatureResult::NoLimit, |value| FeatureResult::Value { value });
        Ok(figure(match feature {
            F::MaximumQos => Some(terms.maximum_qos.into()),
            F::MaximumPacketSize => terms.max_packet_size.map(u64::from),
            F::ReceiveMaximum => terms.receive_maximum.map(u64::from),
            F::TopicAliasMaximum => Some(terms.topic_alias_maximum.into()),
            _ => terms.keep_alive.map(u64::from),
        }))
    }

    async fn round_trip(&mut self, qos: u8) -> Found {
        let topic = self.topic(&format!("trip{qos}"));
        let line = self.line().await?;
        let granted = line.subscribe(&topic, qos).await?;
        if granted < qos || line.terms().maximum_qos < qos {
            return Err(text!("QoS {granted} was granted", granted));
        }
        let mut trips = Vec::new();
        for count in 1..=TRIPS {
            let sent = Instant::now();
            let message = Publish { topic: topic.clone(), payload: b"x".as_slice().into(), qos, ..Publish::default() };
            let (published, arrived) = tokio::join!(line.publish(message), async {
                line.message(&topic, count as usize).await.map(|_| sent.elapsed())
            });
            published?;
            trips.push(u64::try_from(arrived?.as_micros()).unwrap_or(u64::MAX));
        }
        trips.sort_unstable();
        let (min, median, max) = (trips[0], trips[trips.len() / 2], trips[trips.len() - 1]);
        Ok(FeatureResult::RoundTrip { min, median, max, count: TRIPS })
    }
}
