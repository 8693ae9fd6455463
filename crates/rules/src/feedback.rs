//! 意见: what users say about this system itself, and the answer to it, which everyone in the
//! office can read. Such a function is required of government systems (国办函〔2026〕12号); the
//! wording of that document was read in reprints and is to be confirmed.

use crate::access::{self, Action, Thing};
use crate::calendar::Day;
use crate::circumstances::Circumstances;
use crate::ids::{PersonId, PostId};
use crate::refusal::{BrokenHistory, Refusal};
use crate::text::Words;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// One piece of feedback as the events so far have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    pub on: Day,
    /// The post from which it was given.
    pub post: PostId,
    pub words: Words,
    pub answer: Option<Answer>,
}

/// What was answered, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub on: Day,
    pub post: PostId,
    pub words: Words,
}

impl Feedback {
    /// The message that names where it stands.
    pub fn code(&self) -> &'static str {
        if self.answer.is_some() { "feedback-answered" } else { "feedback-given" }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// 提意见, by whoever uses the system
    Give { words: Words },
    /// 答复, by whoever runs the system or the campaign
    Answer { words: Words },
}

impl Command {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Give { .. } => "command-give-feedback",
            Self::Answer { .. } => "command-answer-feedback",
        }
    }
}

/// What happened to a piece of feedback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    FeedbackGiven {
        on: Day,
        person: PersonId,
        post: PostId,
        #[serde(default)]
        words: Words,
    },
    FeedbackAnswered {
        on: Day,
        person: PersonId,
        post: PostId,
        #[serde(default)]
        words: Words,
    },
}

/// Judges a command about feedback (`None`: it is not given yet).
pub fn decide(
    feedback: Option<&Feedback>,
    command: &Command,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let actor = now.actor()?;
    let (on, person, post) = (now.today, actor.person, actor.post);
    match (command, feedback) {
        (Command::Give { words }, None) => {
            let words = words.written("field-feedback")?;
            Ok(vec![Event::FeedbackGiven { on, person, post, words }])
        }
        (Command::Answer { words }, Some(Feedback { answer: None, .. })) => {
            access::may(&actor, Action::AnswerFeedback, &Thing::office())?;
            let words = words.written("field-answer")?;
            Ok(vec![Event::FeedbackAnswered { on, person, post, words }])
        }
        (Command::Give { .. } | Command::Answer { .. }, feedback) => {
            let stage = feedback.map_or("stage-none", Feedback::code);
            Err(Refusal::WrongStage { command: command.code(), stage })
        }
    }
}

/// Applies one event. Judges nothing.
pub fn evolve(before: Option<Feedback>, event: &Event) -> Result<Feedback, BrokenHistory> {
    match (before, event) {
        (None, Event::FeedbackGiven { on, post, words, .. }) => {
            Ok(Feedback { on: *on, post: *post, words: words.clone(), answer: None })
        }
        (
            Some(feedback @ Feedback { answer: None, .. }),
            Event::FeedbackAnswered { on, post, words, .. },
        ) => {
            let answer = Some(Answer { on: *on, post: *post, words: words.clone() });
            Ok(Feedback { answer, ..feedback })
        }
        (before, event) => {
            let stage = before.as_ref().map_or("stage-none", Feedback::code);
            let tag = match event {
                Event::FeedbackGiven { .. } => "feedback_given",
                Event::FeedbackAnswered { .. } => "feedback_answered",
            };
            Err(BrokenHistory::at(stage, tag))
        }
    }
}
